-- Connection tests name who acts by the same words as every other advice.
UPDATE "connection_test"
SET "steps" = replace("steps"::text, '"owner": "rollbook_operator"', '"owner": "operator"')::jsonb
WHERE "steps"::text LIKE '%"owner": "rollbook_operator"%';
