-- What a step of the reconciliation found: how much, and the first of it.
create or replace function bank.findings_json(findings bank.finding[]) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'differences', cardinality(findings),
    'findings', coalesce(jsonb_agg(jsonb_build_object(
      'check', found.check_name,
      'about_type', found.about_type,
      'about_id', found.about_id,
      'detail', found.detail) order by place) filter (where place <= 100), '[]'))
    from unnest(findings) with ordinality as found (check_name, about_type, about_id, detail, place)
$$;
