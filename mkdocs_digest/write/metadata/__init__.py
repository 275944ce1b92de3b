"""What pages say of themselves to machines: Open Graph properties and JSON-LD."""
