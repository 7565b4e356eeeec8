-- The relay finds what is due without passing by what is not: what it never took, by age, then what it took, by when that is due again.
drop index bank.events_unprocessed;
create index events_unprocessed on bank.events (relay_after nulls first, created_at) where processed_at is null;
