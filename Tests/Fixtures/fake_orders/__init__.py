"""What fake_order_server.py is made of: what is true (books, workers), what is done to it (faults), and how it is told (api, wire)."""
