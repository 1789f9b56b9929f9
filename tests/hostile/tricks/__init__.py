"""One file a trick. See README.md, one folder up."""
