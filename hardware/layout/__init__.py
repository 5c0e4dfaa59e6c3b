"""What goes on paper and where: layouts as data (TOML), the contents they show, and the pictures among them."""
