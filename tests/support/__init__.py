"""What tests share: small sites and records, servers, commands run on them."""
