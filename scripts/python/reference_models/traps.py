makers = {}
