-- Over expressions, which the schema file cannot tell of: see lib/db/search/. The operator class
-- serves LIKE 'text%' whatever the database's collation.
CREATE INDEX "membership_find_user_id_idx" ON "membership"(lower("user_id") text_pattern_ops);
CREATE INDEX "membership_find_email_idx" ON "membership"(lower("email") text_pattern_ops)
  WHERE "email" IS NOT NULL;
CREATE INDEX "membership_find_name_idx" ON "membership"(lower("name") text_pattern_ops)
  WHERE "name" IS NOT NULL;
CREATE INDEX "membership_find_family_name_idx" ON "membership"(lower("family_name") text_pattern_ops)
  WHERE "family_name" IS NOT NULL;
CREATE INDEX "membership_find_sourcedid_idx"
  ON "membership"(lower("lis_person_sourcedid") text_pattern_ops)
  WHERE "lis_person_sourcedid" IS NOT NULL;
CREATE INDEX "line_item_find_label_idx" ON "line_item"(lower("label") text_pattern_ops);
CREATE INDEX "line_item_find_resource_id_idx" ON "line_item" USING hash ("resource_id")
  WHERE "resource_id" IS NOT NULL;
