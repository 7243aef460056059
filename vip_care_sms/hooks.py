def uninstall_hook(env):
    """Delete what is about replies: without the add-on there is no such occasion."""
    env["vip.care.task"].search([("trigger", "=", "reply")]).unlink()
