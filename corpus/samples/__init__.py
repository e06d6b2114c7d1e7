"""Documents of the project's own writing, to try it on: a notice with a plan, its successor, a
task table (重点任务分工表) and a web page, with what changed between the two plans."""
