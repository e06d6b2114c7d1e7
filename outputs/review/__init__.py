"""The web application: upload, watch, review on the page, see what changed, hand on."""
