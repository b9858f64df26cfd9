"""What a café is made of: typed, validated data without Python, and the words of the interface."""
