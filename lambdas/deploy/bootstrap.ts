/**
 * The one statement that makes an empty database ready to be migrated, and is safe to run again: two runners wait for each other.
 * Scripts are then sent as a parameter of `migration.apply`: as SQL text the Data API would take every `:name` inside them
 * for a parameter, and refuses several statements in one call.
 */
export const bootstrap = `do $bootstrap$
begin
  perform pg_advisory_xact_lock(hashtextextended('migration.apply', 0));

  if not exists (select from pg_roles where rolname = 'bank_owner') then create role bank_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'bank_reader') then create role bank_reader nologin; end if;
  execute format('grant bank_owner to %I', current_user);
  execute format('grant create on database %I to bank_owner', current_database());

  execute format('revoke all on database %I from public', current_database());

  create schema if not exists migration;
  create table if not exists migration.applied (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
  );

  create or replace function migration.apply(script_name text, script_checksum text, script text, repeatable boolean)
  returns jsonb language plpgsql as $apply$
  declare
    known text;
  begin
    perform pg_advisory_xact_lock(hashtextextended('migration.apply', 0));
    select checksum into known from migration.applied where name = script_name;
    if known = script_checksum then
      return jsonb_build_object('applied', false);
    elsif known is not null and not repeatable then
      raise exception 'migration % has changed since it was applied', script_name;
    end if;
    perform set_config('role', 'bank_owner', true), set_config('check_function_bodies', 'off', true);
    execute script;
    perform set_config('role', 'none', true);
    insert into migration.applied (name, checksum) values (script_name, script_checksum)
      on conflict (name) do update set checksum = excluded.checksum, applied_at = clock_timestamp();
    return jsonb_build_object('applied', true);
  end $apply$;

  create or replace function migration.ensure_login(login text, secret text) returns jsonb language plpgsql as $ensure$
  begin
    perform pg_advisory_xact_lock(hashtextextended('migration.apply', 0));
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login', login);
    end if;
    execute format('alter role %I login password %L', login, secret);
    execute format('grant connect on database %I to %I', current_database(), login);
    execute format('alter role %I set statement_timeout = %L', login, '8s');
    execute format('alter role %I set lock_timeout = %L', login, '5s');
    execute format('alter role %I set timezone = %L', login, 'UTC');
    return jsonb_build_object('login', login);
  exception when internal_error then
    -- Roles belong to the server: another database's runner changed this one at the same moment. The caller tries again.
    raise exception 'the role % was being changed', login using errcode = 'serialization_failure';
  end $ensure$;

  create or replace function migration.ensure_twin(login text, twin text, secret text) returns jsonb language plpgsql as $ensure$
  begin
    perform pg_advisory_xact_lock(hashtextextended('migration.apply', 0));
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login', login);
    end if;
    perform migration.ensure_login(twin, secret);
    execute format('grant %I to %I', login, twin);
    return jsonb_build_object('login', twin);
  exception when internal_error then
    raise exception 'the role % was being changed', twin using errcode = 'serialization_failure';
  end $ensure$;

  revoke all on all functions in schema migration from public;
end $bootstrap$`;
