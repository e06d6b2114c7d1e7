"""The whole of an office's taizhang as processes of one command: 服务、工作进程、网页、定时."""
