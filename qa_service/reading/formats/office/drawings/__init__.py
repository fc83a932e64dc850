"""What drawings in office files say: their words, SmartArt and charts."""
