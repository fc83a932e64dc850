"""How letters in office files look: their colours, and whether anybody sees them."""
