"""A role's life: draft → waiting → open → filled, closed or cancelled."""
