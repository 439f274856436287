"""What a reader waits for: this site beside a default Material site and Sphinx with furo."""
