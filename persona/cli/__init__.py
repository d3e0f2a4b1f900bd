"""The commands: one file each, every one a thin shell over a public function."""
