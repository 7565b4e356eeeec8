-- What of an address says where it is: all of IPv4, the first half of IPv6 (RFC 4291 §2.5.1, RFC 8981: the second half is the
-- device's, and changes).
create or replace function bank.ip_network(address text) returns inet
language sql immutable as $$
  select case when family(address::inet) = 6 then network(set_masklen(address::inet, 64))::inet else address::inet end
$$;
