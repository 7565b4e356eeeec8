-- Functions whose parameters change are other functions to PostgreSQL; sql/functions has the new ones.
drop function if exists bank.admit_caller(jsonb);
drop function if exists bank.admit_transfer(jsonb);
