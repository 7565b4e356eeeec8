import { notOfAnExtension, notOfTheSystem, type Section } from './section.ts';

/** The roles of the server that are neither PostgreSQL's own nor the one that runs the dump. */
const bankRole = (role: string): string => `${role} !~ '^pg_' and ${role} <> session_user`;

/**
 * The statements that give what is in an access list: one for each object and role, privileges in a fixed order.
 * The owner's own are left out. A list that was never touched counts as what PostgreSQL gives by default, which for a
 * function is EXECUTE for everybody.
 */
const grantsOn = (objects: string): string => `
  select format('grant %s on %s to %s%s;', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type), o.name,
      case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end,
      case when g.is_grantable then ' with grant option' end) as statement
    from (${objects}) as o (name, owner, list), aclexplode(o.list) g
   where g.grantee <> o.owner
   group by o.name, g.grantee, g.is_grantable
   order by o.name collate "C", (g.grantee <> 0), pg_get_userbyid(g.grantee) collate "C"`;

/** Who may do what. Tables, views and functions that are not named here are their owner's alone. */
export const rightSections: Section[] = [
  {
    title: 'Roles',
    sql: `select concat(
        format('create role %I', r.rolname),
        case when r.rolcanlogin then ' login' else ' nologin' end,
        case when r.rolsuper then ' superuser' end, case when r.rolcreatedb then ' createdb' end,
        case when r.rolcreaterole then ' createrole' end, case when r.rolreplication then ' replication' end,
        case when r.rolbypassrls then ' bypassrls' end, case when not r.rolinherit then ' noinherit' end,
        case when r.rolconnlimit >= 0 then format(' connection limit %s', r.rolconnlimit) end, ';',
        (select string_agg(format(E'\\nalter role %I%s set %s;', r.rolname,
            case s.setdatabase when 0 then '' else ' in this database' end, setting), '' order by setting collate "C")
           from pg_db_role_setting s, unnest(s.setconfig) setting
          where s.setrole = r.oid and (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database())))
      ) as statement
      from pg_roles r where ${bankRole('r.rolname')} order by r.rolname collate "C"`,
  },
  {
    title: 'Roles that are members of roles',
    sql: `select format('grant %I to %I%s;', g.rolname, m.rolname, case when x.admin_option then ' with admin option' end) as statement
      from pg_auth_members x join pg_roles g on g.oid = x.roleid join pg_roles m on m.oid = x.member
     where ${bankRole('m.rolname')} order by g.rolname collate "C", m.rolname collate "C"`,
  },
  {
    title: 'Settings of the database',
    sql: `select format('alter database set %s;', setting) as statement
      from pg_db_role_setting s, unnest(s.setconfig) setting
     where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = current_database())
     order by setting collate "C"`,
  },
  {
    title: 'Who may use the database',
    sql: grantsOn(
      `select 'this database', datdba, coalesce(datacl, acldefault('d', datdba)) from pg_database where datname = current_database()`,
    ),
  },
  {
    title: 'Who may use the schemas',
    sql: grantsOn(
      `select 'schema ' || quote_ident(n.nspname), n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
         from pg_namespace n where ${notOfTheSystem}`,
    ),
  },
  {
    title: 'Who may use tables, views and sequences',
    sql: grantsOn(
      `select case c.relkind when 'S' then 'sequence ' else '' end || c.oid::regclass, c.relowner,
              coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'S') and ${notOfTheSystem} and ${notOfAnExtension('pg_class', 'c.oid')}`,
    ),
  },
  {
    title: 'Who may use single columns',
    sql: grantsOn(
      `select format('%s (%I)', c.oid::regclass, a.attname), c.relowner, a.attacl
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where a.attacl is not null and ${notOfTheSystem}`,
    ),
  },
  {
    title: 'Who may call the functions',
    sql: grantsOn(
      `select format('function %s(%s)', p.oid::regproc, pg_get_function_identity_arguments(p.oid)), p.proowner,
              coalesce(p.proacl, acldefault('f', p.proowner))
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where ${notOfTheSystem} and ${notOfAnExtension('pg_proc', 'p.oid')}`,
    ),
  },
  {
    title: 'What will be given on objects yet to be made',
    sql: `select format('for objects %s of %I%s: %s;', d.defaclobjtype, pg_get_userbyid(d.defaclrole),
        case d.defaclnamespace when 0 then '' else format(' in schema %s', d.defaclnamespace::regnamespace) end,
        array_to_string(d.defaclacl, ' ')) as statement
      from pg_default_acl d
     order by pg_get_userbyid(d.defaclrole) collate "C", d.defaclnamespace::regnamespace::text collate "C", d.defaclobjtype`,
  },
];
