/** The number kept in SQLite's `user_version`. A store with a higher number was written by a newer release. */
export const schemaVersion = 1;

/** Times are epoch milliseconds, flags 0 or 1. `wrapped` columns hold bytes encrypted under the root key. */
export const schema = `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE principals (
    arn TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    unique_id TEXT NOT NULL,
    tags TEXT NOT NULL,
    policies TEXT NOT NULL,
    boundary TEXT,
    trust TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE access_keys (
    access_key_id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    principal_arn TEXT NOT NULL,
    wrapped_secret BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_stores (
    store_id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    state_until REAL,
    connection_error TEXT,
    connect_fails TEXT,
    created_at REAL NOT NULL,
    details TEXT NOT NULL,
    wrapped_secret BLOB
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX key_stores_by_name ON key_stores (account_id, region, name);
  CREATE INDEX key_stores_by_due ON key_stores (state_until) WHERE state_until IS NOT NULL;

  CREATE TABLE keys (
    arn TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    key_id TEXT NOT NULL,
    spec TEXT NOT NULL,
    usage TEXT NOT NULL,
    origin TEXT NOT NULL,
    manager TEXT NOT NULL,
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    policy TEXT NOT NULL,
    created_at REAL NOT NULL,
    deletion_at REAL,
    deletion_window_days INTEGER,
    primary_region TEXT,
    rotation_period_days INTEGER,
    rotation_at REAL,
    transient_state TEXT,
    transient_until REAL,
    store_id TEXT REFERENCES key_stores (store_id),
    xks_key_id TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX keys_by_place ON keys (account_id, region, key_id);
  CREATE INDEX keys_by_id ON keys (account_id, key_id) WHERE primary_region IS NOT NULL;
  CREATE INDEX keys_by_deletion ON keys (deletion_at) WHERE deletion_at IS NOT NULL;
  CREATE INDEX keys_by_rotation ON keys (rotation_at) WHERE rotation_at IS NOT NULL;
  CREATE INDEX keys_by_store ON keys (store_id) WHERE store_id IS NOT NULL;

  CREATE TABLE materials (
    key_arn TEXT NOT NULL REFERENCES keys (arn) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    material_id TEXT NOT NULL,
    state TEXT NOT NULL,
    wrapped BLOB,
    created_at REAL NOT NULL,
    rotated_at REAL,
    rotation_type TEXT,
    valid_to REAL,
    description TEXT,
    PRIMARY KEY (key_arn, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX materials_by_id ON materials (material_id, key_arn);
  CREATE INDEX materials_by_expiry ON materials (valid_to) WHERE valid_to IS NOT NULL AND wrapped IS NOT NULL;

  CREATE TABLE aliases (
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    key_arn TEXT NOT NULL REFERENCES keys (arn) ON DELETE CASCADE,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    PRIMARY KEY (account_id, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX aliases_by_key ON aliases (key_arn, name);

  CREATE TABLE tags (
    key_arn TEXT NOT NULL REFERENCES keys (arn) ON DELETE CASCADE,
    tag_key TEXT NOT NULL,
    tag_value TEXT NOT NULL,
    PRIMARY KEY (key_arn, tag_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE grants (
    key_arn TEXT NOT NULL REFERENCES keys (arn) ON DELETE CASCADE,
    grant_id TEXT NOT NULL,
    name TEXT NOT NULL,
    issuing_account TEXT NOT NULL,
    grantee TEXT NOT NULL,
    grantee_is_service INTEGER NOT NULL,
    retiring TEXT,
    retiring_is_service INTEGER NOT NULL,
    operations TEXT NOT NULL,
    constraints TEXT,
    created_at REAL NOT NULL,
    PRIMARY KEY (key_arn, grant_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX grants_by_name ON grants (key_arn, name);
  CREATE INDEX grants_by_grantee ON grants (key_arn, grantee);
  CREATE INDEX grants_by_retiring ON grants (retiring, key_arn, grant_id) WHERE retiring IS NOT NULL;

  CREATE TABLE key_usage (
    key_arn TEXT PRIMARY KEY REFERENCES keys (arn) ON DELETE CASCADE,
    operation TEXT NOT NULL,
    used_at REAL NOT NULL,
    request_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  PRAGMA user_version = ${schemaVersion};
`;
