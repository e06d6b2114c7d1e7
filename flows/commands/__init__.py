"""What each command of ``taizhang`` does; ``flows.cli`` holds their options and help."""
