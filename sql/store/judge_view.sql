-- What is missing, and what is wrong, among the blocks that the view $1 shows in [$2, $3).
select first_seq, end_seq, is_gap, what
from indexer.judge_view($1, $2::bigint, $3::bigint)
