"""What somebody lacks, or would like to start, becomes an activity: needs and ideas are taken up."""
