"""People sign in at an OpenID Connect provider, which tells their groups."""
