"""What happens to agreements and programmes: whose they are, what they rest on, revise and replace, who approves them, how long they hold."""
