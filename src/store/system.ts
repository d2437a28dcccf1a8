// The engine's own tables in each workspace. Steps are applied in order, once; a step is never changed after a release, only followed by another.
import { ident, raw, type Sql, sql, table } from './sql.ts'

/** The steps that bring a workspace's own tables up to date; their number is kept in `model_state.step`. */
export function systemSteps(schema: string): Sql[] {
  const t = (name: string) => table(schema, name)
  const s = ident(schema)
  return [
    sql`create table ${t('change')} (
      xid xid8 not null default pg_current_xact_id(), seq bigint generated always as identity, at timestamptz not null default now(),
      principal uuid, actor text not null default 'user', source text not null default 'api', object text not null, record uuid not null,
      kind text not null, version int, before jsonb
    ) partition by range (at)`,
    sql`create table ${t('change_rest')} partition of ${t('change')} default`,
    sql`create index change_feed on ${t('change')} (xid, seq)`,
    sql`create index change_record on ${t('change')} (record, seq)`,
    sql`create index change_principal on ${t('change')} (principal, at)`,
    sql`create table ${t('feed_cursor')} (name text primary key, xid xid8 not null, seq bigint not null)`,
    sql`create table ${t('declaration')} (kind text not null, name text not null, body jsonb not null, removed_at timestamptz, changed_at timestamptz not null default now(), changed_by uuid, primary key (kind, name))`,
    sql`create table ${t('setting')} (name text primary key, value jsonb not null, changed_at timestamptz not null default now(), changed_by uuid)`,
    sql`create table ${t('counter')} (name text primary key, value bigint not null)`,
    sql`create table ${t('record_grant')} (
      object text not null, record uuid not null, principal uuid not null, level text not null, source text not null default 'share', note text,
      until timestamptz, created_at timestamptz not null default now(), created_by uuid, primary key (object, record, principal, source)
    )`,
    sql`create index record_grant_principal on ${t('record_grant')} (principal, object, record)`,
    sql`create table ${t('match_key')} (object text not null, kind text not null, key text collate "C" not null, record uuid not null, primary key (object, kind, key, record))`,
    sql`create index match_key_record on ${t('match_key')} (record)`,
    sql`create table ${t('idempotency')} (principal uuid not null, key text not null, method text not null, path text not null, body_hash text not null, status int, response jsonb, at timestamptz not null default now(), primary key (principal, key, method, path))`,
    sql`create index idempotency_at on ${t('idempotency')} (at)`,
    sql`create table ${t('credential')} (
      user_id uuid primary key, password text, changed_at timestamptz, must_change boolean not null default false,
      totp_secret text, totp_confirmed_at timestamptz, totp_step bigint, recovery text[], failed int not null default 0, failed_at timestamptz, locked_until timestamptz
    )`,
    sql`create table ${t('identity')} (issuer text not null, subject text not null, user_id uuid not null, linked_at timestamptz not null default now(), primary key (issuer, subject))`,
    sql`create table ${t('session')} (token text primary key, user_id uuid not null, created_at timestamptz not null default now(), seen_at timestamptz not null default now(), expires_at timestamptz not null, address text, agent text, second_factor boolean not null default false)`,
    sql`create index session_of_user on ${t('session')} (user_id)`,
    sql`create table ${t('api_key')} (id uuid primary key, user_id uuid not null, name text not null, token text not null unique, hint text not null, created_at timestamptz not null default now(), seen_at timestamptz, expires_at timestamptz, revoked_at timestamptz)`,
    sql`create index api_key_user on ${t('api_key')} (user_id)`,
    sql`create table ${t('sign_in_failure')} (key text not null, at timestamptz not null default now())`,
    sql`create index sign_in_failure_key on ${t('sign_in_failure')} (key, at)`,
    sql`create table ${t('read_log')} (at timestamptz not null default now(), principal uuid, kind text not null, object text not null, record uuid, field text, source text, detail jsonb)`,
    sql`create index read_log_principal on ${t('read_log')} (principal, kind, at)`,
    sql`create index read_log_record on ${t('read_log')} (record, at)`,
    sql`create table ${t('file')} (id uuid primary key, sha256 text not null, name text not null, type text not null, size bigint not null, created_at timestamptz not null default now(), created_by uuid)`,
    sql`create index file_sha256 on ${t('file')} (sha256)`,
    sql`create table ${t('file_link')} (file uuid not null, object text not null, record uuid not null, field text not null default '', created_at timestamptz not null default now(), created_by uuid, primary key (file, object, record, field))`,
    sql`create index file_link_record on ${t('file_link')} (record)`,
    sql`create table ${t('comment')} (id uuid primary key, object text not null, record uuid not null, body text not null, mentions uuid[] not null default '{}', created_at timestamptz not null default now(), created_by uuid, edited_at timestamptz, deleted_at timestamptz)`,
    sql`create index comment_record on ${t('comment')} (record, created_at)`,
    sql`create table ${t('notification')} (id uuid primary key, user_id uuid not null, at timestamptz not null default now(), say jsonb not null, params jsonb, object text, record uuid, read_at timestamptz)`,
    sql`create index notification_user on ${t('notification')} (user_id, at desc)`,
    sql`create table ${t('view')} (id uuid primary key, object text not null, owner uuid, name text not null, shared boolean not null default false, role uuid, body jsonb not null, version int not null default 1, created_at timestamptz not null default now(), updated_at timestamptz not null default now())`,
    sql`create index view_object on ${t('view')} (object, owner)`,
    sql`create table ${t('long_job')} (id uuid primary key, kind text not null, body jsonb not null, cursor jsonb, chunk int not null default 0, state text not null default 'queued', owner uuid, result jsonb, error jsonb, created_at timestamptz not null default now(), updated_at timestamptz not null default now())`,
    sql`create table ${t('import_row')} (import uuid not null, position int not null, row jsonb not null, error jsonb not null, primary key (import, position))`,
    sql`create table ${t('import_effect')} (import uuid not null, chunk int not null, part int not null, kind text not null, object text not null, records uuid[] not null, primary key (import, chunk, part, kind))`,
    sql`create table ${t('rollup_due')} (object text not null, via text not null, record uuid not null, primary key (object, via, record))`,
    sql`create table ${t('clock_run')} (name text primary key, every text not null, due timestamptz not null, ran_at timestamptz, retry_at timestamptz, failures int not null default 0, error text)`,
    sql`create table ${t('erasure')} (id uuid primary key, at timestamptz not null default now(), principal uuid, object text not null, record uuid not null, certificate jsonb not null)`,
    sql`create table ${t('bin_cascade')} (deletion uuid not null, object text not null, record uuid not null, root uuid not null, primary key (deletion, object, record))`,
    sql`create index bin_cascade_root on ${t('bin_cascade')} (root)`,
    sql`comment on schema ${s} is ${raw("'zhanggui workspace'")}`,
  ]
}

/** The partition of the change table for one month (`2026-11`). */
export function changePartition(schema: string, month: string): Sql {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return sql`create table if not exists ${table(schema, `change_${month.replace('-', '_')}`)} partition of ${table(schema, 'change')} for values from (${raw(`'${month}-01'`)}) to (${raw(`'${next}-01'`)})`
}
