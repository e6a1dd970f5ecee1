"""The settings, with the mail server that a test names; MAIL_FOLDER is read by the settings themselves."""

import os

from config.settings import *  # noqa: F403

EMAIL_BACKEND = os.environ["MAIL_BACKEND"]
