-- Everything seen from here on is of one moment.
begin transaction isolation level repeatable read read only;
