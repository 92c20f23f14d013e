-- A partial index, which the schema file cannot tell of: the few scores of a run that were not
-- simply sent, found without a look at those that were.
CREATE INDEX "score_outcome_unsent_idx" ON "score_outcome"("run_id", "kind", "id")
  WHERE "kind" <> 'sent';
