-- An address's network, by which the gate tells addresses apart, too; null for a text that is no address. A review looks back on what
-- happened, and must not fail for what it finds there.
create or replace function bank.review_network(address text) returns inet
language sql stable as $$
  select case when pg_input_is_valid(address, 'inet') then bank.ip_network(address) end
$$;
