"""The settings, with the mail server that a test names."""

import os

from config.settings import *  # noqa: F403

EMAIL_BACKEND = os.environ["MAIL_BACKEND"]
EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
