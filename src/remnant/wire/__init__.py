"""One versioned JSON form per noun: for the shelf, the pipe to a worker, --json, the API."""
