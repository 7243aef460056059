def post_init_hook(env):
    """Make the suite useful at once: a store per register, tiers per company."""
    configs = env["pos.config"].with_context(active_test=False).search([])
    configs._vip_create_stores()
    env["res.company"].search([])._vip_create_tiers()
