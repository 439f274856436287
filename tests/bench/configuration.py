"""Configuration: this repository's `mkdocs.yml`, changed as little as a synthetic site needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

OURS = frozenset({"hooks", "watch"})
"""Settings that only our own way of building has."""


def configuration(
    base: str, nav: object, plugins: Sequence[Mapping[str, object]], *, engine: bool, pruned: bool
) -> str:
    """Return *base* with *nav* and with *plugins* behind its own; hooks only for our *engine*.

    A *pruned* menu shows of the parts but the open one no more than their names.

    It is changed as a tree and written again, so that tags keep their meaning for MkDocs.
    """
    root = yaml.compose(base, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    dropped = {"nav", "site_name"} | (frozenset() if engine else OURS)
    root.value = [(key, value) for key, value in root.value if key.value not in dropped]
    # What this site says of its own words is of no other's.
    extra = _value(root, "extra")
    assert isinstance(extra, yaml.MappingNode)
    _without(extra, "verbatim", "content")
    if not engine:
        _without(root, "theme", "custom_dir")
    if pruned:
        theme = _value(root, "theme")
        assert isinstance(theme, yaml.MappingNode)
        theme.value += _node({"features": ["navigation.prune"]}).value
    listed = _value(root, "plugins")
    assert isinstance(listed, yaml.SequenceNode)
    listed.value += _node(list(plugins)).value if plugins else []
    root.value += _node({"site_name": "Benchmark", "nav": nav}).value
    return str(yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True, width=1000))


def _without(root: yaml.MappingNode, key: str, inner: str) -> None:
    mapping = _value(root, key)
    assert isinstance(mapping, yaml.MappingNode)
    mapping.value = [(name, value) for name, value in mapping.value if name.value != inner]


def _value(root: yaml.MappingNode, key: str) -> yaml.Node:
    found = next(value for name, value in root.value if name.value == key)
    assert isinstance(found, yaml.Node)
    return found


def _node(data: object) -> yaml.MappingNode | yaml.SequenceNode:
    node = yaml.compose(yaml.safe_dump(data, sort_keys=False), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode | yaml.SequenceNode)
    return node
