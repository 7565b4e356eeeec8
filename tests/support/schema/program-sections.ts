import { notOfAnExtension, notOfTheSystem, type Section } from './section.ts';

/**
 * What runs in the database. Of a function there is what a caller and an auditor rely on: its signature, its owner's
 * rights and its settings. Its body is left out: sql/functions is where it is read and reviewed, and a second copy, or a
 * hash of it, would have to be made again at every change and tell a reader nothing.
 */
export const programSections: Section[] = [
  {
    title: 'Functions, without their bodies',
    sql: `select concat(
        case p.prokind when 'p' then 'procedure ' when 'a' then 'aggregate ' when 'w' then 'window function ' else 'function ' end,
        p.oid::regproc, '(', pg_get_function_arguments(p.oid), ')',
        ' returns ' || pg_get_function_result(p.oid),
        E'\\n  language ', l.lanname,
        case p.provolatile when 'i' then ' immutable' when 's' then ' stable' else ' volatile' end,
        case when p.proisstrict then ' strict' end,
        case when p.proleakproof then ' leakproof' end,
        case p.proparallel when 's' then ' parallel safe' when 'r' then ' parallel restricted' end,
        case when p.prosecdef then ' security definer' else ' security invoker' end,
        (select string_agg(' set ' || setting, '' order by setting collate "C") from unnest(p.proconfig) setting),
        format('; -- owner %I', pg_get_userbyid(p.proowner))) as statement
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
     where ${notOfTheSystem} and ${notOfAnExtension('pg_proc', 'p.oid')}
     order by p.oid::regproc::text collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
  },
  {
    title: 'Triggers',
    sql: `select pg_get_triggerdef(t.oid, true) || case t.tgenabled when 'O' then ';' when 'D' then '; -- disabled'
        when 'A' then '; -- always' else '; -- on replicas' end as statement
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and ${notOfTheSystem} order by c.oid::regclass::text collate "C", t.tgname collate "C"`,
  },
  {
    title: 'Event triggers',
    sql: `select format('event trigger %I on %s executes %s, enabled %s;', evtname, evtevent, evtfoid::regproc, evtenabled) as statement
      from pg_event_trigger order by evtname collate "C"`,
  },
  {
    title: 'Row security policies',
    sql: `select concat(format('create policy %I on %I.%I as %s for %s to %s', policyname, schemaname, tablename,
          permissive, cmd, array_to_string(roles, ', ')),
        ' using (' || qual || ')', ' with check (' || with_check || ')', ';') as statement
      from pg_policies order by schemaname collate "C", tablename collate "C", policyname collate "C"`,
  },
  {
    title: 'Rules',
    sql: `select pg_get_ruledef(r.oid, true) as statement
      from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
     where r.rulename <> '_RETURN' and ${notOfTheSystem}
     order by c.oid::regclass::text collate "C", r.rulename collate "C"`,
  },
];
