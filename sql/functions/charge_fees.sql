-- Charges a range of accounts what a day gives cause for: those that went below zero, and on a month's last day the month's maintenance.
-- It counts from the next day on. Doing it again charges nothing. A frozen account is charged nothing.
-- Answers {"charged", "uncollected"}.
create or replace function bank.charge_fees(day date, from_id uuid, to_id uuid) returns jsonb
language plpgsql as $$
declare
  charged jsonb;
  counts jsonb := '{"charged": 0, "uncollected": 0}';
begin
  -- One kind after the other: an account may owe both.
  charged := bank.charge_fee('OVERDRAFT', day,
    array(select row(due.account_id, null, due.amount)::bank.scheduled_entry from bank.overdraft_fees_due(day, from_id, to_id) due),
    'Overdraft fee for ' || day);
  counts := bank.add_counts(counts, charged);
  if extract(day from day + 1) = 1 then
    charged := bank.charge_fee('MONTHLY_MAINTENANCE', day,
      array(select row(due.account_id, null, due.amount)::bank.scheduled_entry from bank.maintenance_fees_due(day, from_id, to_id) due),
      'Maintenance fee for ' || to_char(day, 'FMMonth YYYY'));
    counts := bank.add_counts(counts, charged);
  end if;
  return counts;
end $$;
