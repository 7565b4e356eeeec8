-- Who may do what in the database. Applied again whenever this file or a function changes.
-- Each Lambda function of the API logs in as its own role and may call just what it needs; nobody is given a table.

revoke all on schema bank from public;
revoke all on all functions in schema bank from public;
revoke all on all tables in schema bank from public;

grant usage on schema bank to bank_customers, bank_accounts, bank_payments, bank_transactions, bank_limits, bank_users, bank_fraud,
  bank_audit, bank_holds, bank_orders, bank_statements, bank_workers, bank_schedules, bank_reader;

-- What was written by a call, told to who made it.
grant execute on function bank.with_events
to bank_customers, bank_accounts, bank_payments, bank_transactions, bank_limits, bank_users, bank_fraud,
  bank_audit, bank_holds, bank_orders, bank_statements, bank_workers, bank_schedules;

grant execute on function
  bank.register_customer, bank.read_customer, bank.update_customer, bank.review_customer, bank.freeze_customer,
  bank.unfreeze_customer, bank.read_ssn_ciphertext,
  bank.list_unindexed_ssns, bank.add_ssn_indexes, bank.retire_ssn_indexes
to bank_customers;

grant execute on function
  bank.open_account, bank.read_account, bank.list_accounts, bank.read_balance_at,
  bank.update_account, bank.freeze_account, bank.unfreeze_account, bank.close_account,
  bank.read_interest, bank.list_fees, bank.list_fee_rules, bank.set_fee_rule
to bank_accounts;

grant execute on function
  bank.post_transfer, bank.post_transfers, bank.post_deposit, bank.post_withdrawal, bank.post_reversal, bank.waive_fee
to bank_payments;

grant execute on function
  bank.read_transaction, bank.list_transactions
to bank_transactions;

grant execute on function
  bank.read_limits, bank.set_limits
to bank_limits;

grant execute on function
  bank.set_user_disabled
to bank_users;

-- A job is started by its schedule, which closes the books; a worker that has done a run's last part starts the next.
grant execute on function bank.close_books
to bank_schedules;

grant execute on function
  bank.start_run, bank.run_job_part, bank.fail_run
to bank_schedules, bank_workers;

grant execute on function
  bank.read_review_features, bank.process_events
to bank_workers;

grant execute on function
  bank.claim_unprocessed_events, bank.mark_relayed, bank.read_outbox
to bank_schedules;

-- The worker sends what it has just made, the schedule what is left.
grant execute on function
  bank.claim_notifications, bank.mark_notifications_sent
to bank_workers, bank_schedules;

grant execute on function
  bank.read_fraud_rules, bank.set_fraud_rules, bank.list_fraud_alerts, bank.read_fraud_alert, bank.assign_fraud_alert,
  bank.resolve_fraud_alert
to bank_fraud;

grant execute on function
  bank.place_hold, bank.capture_hold, bank.release_hold, bank.read_hold, bank.list_holds
to bank_holds;

grant execute on function
  bank.create_standing_order, bank.pause_standing_order, bank.resume_standing_order, bank.cancel_standing_order,
  bank.read_standing_order, bank.list_standing_orders
to bank_orders;

grant execute on function
  bank.expire_holds, bank.run_standing_order
to bank_schedules;

grant execute on function
  bank.list_reconciliations, bank.read_reconciliation
to bank_audit;

grant execute on function
  bank.reconcile_accounts, bank.reconcile_transactions, bank.reconcile_checkpoints, bank.reconcile_interest,
  bank.reconcile_outbox, bank.record_reconciliation
to bank_schedules;

grant execute on function
  bank.list_audit_logs, bank.read_audit_log, bank.admit_auditor,
  bank.find_audit_seal, bank.read_sealed_audit, bank.read_unsealed_audit, bank.compare_audit, bank.describe_audit_log
to bank_audit;

grant execute on function
  bank.last_audit_seal, bank.read_unsealed_audit, bank.add_audit_seal
to bank_schedules;

grant execute on function
  bank.list_statements, bank.read_statement
to bank_statements;

grant execute on function
  bank.close_statements, bank.claim_statements, bank.read_closed_statement, bank.mark_statement_archived
to bank_schedules;

grant select on bank.internal_balances, bank.trial_balance, bank.account_differences, bank.hold_differences, bank.statement_differences
to bank_reader;
