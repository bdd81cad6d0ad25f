"""The parts of the benchmark of rooms: people, servers, and what is measured with them."""
