-- The UUID that a name has, always the same (RFC 9562 §5.8, as its appendix B.2 makes one: SHA-256, and version 8 for what is made so).
create or replace function bank.name_uuid(name text) returns uuid
language sql immutable as $$
  select encode(
    set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 128), 8, get_byte(hash, 8) & 63 | 128),
    'hex')::uuid
  from substring(sha256(convert_to(name, 'UTF8')) from 1 for 16) hash
$$;
