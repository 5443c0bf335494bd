"""What the tests with clients of others share."""
