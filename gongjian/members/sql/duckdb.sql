-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: hollow.sums.now
SELECT
  "t14"."leaf_id",
  "t14"."day",
  COUNT(*) AS "unions.hollow"
FROM (
  SELECT
    "t12"."day",
    "t12"."year_from",
    "t12"."ago_15",
    "t12"."entity_id",
    "t12"."code",
    "t12"."name",
    "t12"."kind",
    "t12"."leaf_id",
    "t12"."opened",
    "t12"."elected_on",
    "t12"."term_years"
  FROM (
    SELECT
      "t8"."day",
      "t8"."year_from",
      "t8"."ago_15",
      "t8"."entry_id" AS "entity_id",
      "t8"."code",
      "t8"."name",
      "t8"."kind",
      "t8"."area_id" AS "leaf_id",
      "t8"."opened",
      "t8"."elected_on",
      "t8"."term_years"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t6"."entry_id",
        "t6"."code",
        "t6"."name",
        "t6"."kind",
        "t6"."area_id",
        "t6"."opened",
        "t6"."elected_on",
        "t6"."term_years"
      FROM "days" AS "t3"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t6"
        ON "t6"."valid_from" <= "t3"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t3"."day"
          )
        )
    ) AS "t8"
    WHERE
      "t8"."kind" IN ('单独基层工会', '联合基层工会')
  ) AS "t12"
  ANTI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t7"."entry_id",
        "t7"."union_id",
        "t7"."status"
      FROM "days" AS "t3"
      INNER JOIN (
        SELECT
          *
        FROM "members_memberversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t7"
        ON "t7"."valid_from" <= "t3"."day"
        AND (
          (
            "t7"."valid_to" IS NULL
          ) OR (
            "t7"."valid_to" > "t3"."day"
          )
        )
    ) AS "t9"
    WHERE
      "t9"."status" = '正常'
  ) AS "t13"
    ON "t12"."day" = "t13"."day" AND "t12"."entity_id" = "t13"."union_id"
) AS "t14"
GROUP BY
  1,
  2

-- name: hollow.sums.known
SELECT
  "t12"."leaf_id",
  "t12"."day",
  COUNT(*) AS "unions.hollow"
FROM (
  SELECT
    "t10"."day",
    "t10"."year_from",
    "t10"."ago_15",
    "t10"."entity_id",
    "t10"."code",
    "t10"."name",
    "t10"."kind",
    "t10"."leaf_id",
    "t10"."opened",
    "t10"."elected_on",
    "t10"."term_years"
  FROM (
    SELECT
      "t6"."day",
      "t6"."year_from",
      "t6"."ago_15",
      "t6"."entry_id" AS "entity_id",
      "t6"."code",
      "t6"."name",
      "t6"."kind",
      "t6"."area_id" AS "leaf_id",
      "t6"."opened",
      "t6"."elected_on",
      "t6"."term_years"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t4"."entry_id",
        "t4"."code",
        "t4"."name",
        "t4"."kind",
        "t4"."area_id",
        "t4"."opened",
        "t4"."elected_on",
        "t4"."term_years"
      FROM "days" AS "t3"
      INNER JOIN "unions_unionversion" AS "t4"
        ON "t4"."valid_from" <= "t3"."day"
        AND (
          (
            "t4"."valid_to" IS NULL
          ) OR (
            "t4"."valid_to" > "t3"."day"
          )
        )
        AND "t4"."added_in" <= "t3"."known"
        AND (
          (
            "t4"."removed_in" IS NULL
          ) OR (
            "t4"."removed_in" > "t3"."known"
          )
        )
    ) AS "t6"
    WHERE
      "t6"."kind" IN ('单独基层工会', '联合基层工会')
  ) AS "t10"
  ANTI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t5"."entry_id",
        "t5"."union_id",
        "t5"."status"
      FROM "days" AS "t3"
      INNER JOIN "members_memberversion" AS "t5"
        ON "t5"."valid_from" <= "t3"."day"
        AND (
          (
            "t5"."valid_to" IS NULL
          ) OR (
            "t5"."valid_to" > "t3"."day"
          )
        )
        AND "t5"."added_in" <= "t3"."known"
        AND (
          (
            "t5"."removed_in" IS NULL
          ) OR (
            "t5"."removed_in" > "t3"."known"
          )
        )
    ) AS "t7"
    WHERE
      "t7"."status" = '正常'
  ) AS "t11"
    ON "t10"."day" = "t11"."day" AND "t10"."entity_id" = "t11"."union_id"
) AS "t12"
GROUP BY
  1,
  2

-- name: members.sums.now
SELECT
  "t15"."day",
  "t15"."leaf_id",
  SUM("t15"."members.total") AS "members.total",
  SUM("t15"."members.female") AS "members.female",
  SUM("t15"."members.migrant") AS "members.migrant",
  SUM("t15"."members.dispatched") AS "members.dispatched",
  SUM("t15"."members.newform") AS "members.newform"
FROM (
  SELECT
    "t14"."day",
    "t12"."leaf_id",
    "t14"."members.total",
    "t14"."members.female",
    "t14"."members.migrant",
    "t14"."members.dispatched",
    "t14"."members.newform"
  FROM (
    SELECT
      "t11"."holder_id",
      "t11"."day",
      COUNT(*) AS "members.total",
      COUNT(*) FILTER(WHERE
        "t11"."sex" = '女') AS "members.female",
      COUNT(*) FILTER(WHERE
        "t11"."migrant" = 1) AS "members.migrant",
      COUNT(*) FILTER(WHERE
        "t11"."dispatched" = 1) AS "members.dispatched",
      COUNT(*) FILTER(WHERE
        "t11"."newform" IS NOT NULL) AS "members.newform"
    FROM (
      SELECT
        "t8"."day",
        "t8"."identity_sealed",
        "t8"."name",
        "t8"."sex",
        "t8"."migrant",
        "t8"."dispatched",
        "t8"."newform",
        "t8"."entry_id" AS "entity_id",
        "t8"."union_id" AS "holder_id"
      FROM (
        SELECT
          "t3"."day",
          "t3"."year_from",
          "t3"."ago_15",
          "t6"."entry_id",
          "t6"."identity_sealed",
          "t6"."name",
          "t6"."union_id",
          "t6"."status",
          "t6"."sex",
          "t6"."migrant",
          "t6"."dispatched",
          "t6"."newform"
        FROM "days" AS "t3"
        INNER JOIN (
          SELECT
            *
          FROM "members_memberversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t6"
          ON "t6"."valid_from" <= "t3"."day"
          AND (
            (
              "t6"."valid_to" IS NULL
            ) OR (
              "t6"."valid_to" > "t3"."day"
            )
          )
      ) AS "t8"
      WHERE
        "t8"."status" = '正常'
    ) AS "t11"
    GROUP BY
      1,
      2
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t9"."day",
      "t9"."entry_id" AS "holder_id",
      "t9"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t7"."entry_id",
        "t7"."area_id"
      FROM "days" AS "t3"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t7"
        ON "t7"."valid_from" <= "t3"."day"
        AND (
          (
            "t7"."valid_to" IS NULL
          ) OR (
            "t7"."valid_to" > "t3"."day"
          )
        )
    ) AS "t9"
  ) AS "t12"
    ON "t14"."day" = "t12"."day" AND "t14"."holder_id" = "t12"."holder_id"
) AS "t15"
GROUP BY
  1,
  2

-- name: members.sums.known
SELECT
  "t13"."day",
  "t13"."leaf_id",
  SUM("t13"."members.total") AS "members.total",
  SUM("t13"."members.female") AS "members.female",
  SUM("t13"."members.migrant") AS "members.migrant",
  SUM("t13"."members.dispatched") AS "members.dispatched",
  SUM("t13"."members.newform") AS "members.newform"
FROM (
  SELECT
    "t12"."day",
    "t10"."leaf_id",
    "t12"."members.total",
    "t12"."members.female",
    "t12"."members.migrant",
    "t12"."members.dispatched",
    "t12"."members.newform"
  FROM (
    SELECT
      "t9"."holder_id",
      "t9"."day",
      COUNT(*) AS "members.total",
      COUNT(*) FILTER(WHERE
        "t9"."sex" = '女') AS "members.female",
      COUNT(*) FILTER(WHERE
        "t9"."migrant" = 1) AS "members.migrant",
      COUNT(*) FILTER(WHERE
        "t9"."dispatched" = 1) AS "members.dispatched",
      COUNT(*) FILTER(WHERE
        "t9"."newform" IS NOT NULL) AS "members.newform"
    FROM (
      SELECT
        "t6"."day",
        "t6"."identity_sealed",
        "t6"."name",
        "t6"."sex",
        "t6"."migrant",
        "t6"."dispatched",
        "t6"."newform",
        "t6"."entry_id" AS "entity_id",
        "t6"."union_id" AS "holder_id"
      FROM (
        SELECT
          "t3"."day",
          "t3"."year_from",
          "t3"."ago_15",
          "t4"."entry_id",
          "t4"."identity_sealed",
          "t4"."name",
          "t4"."union_id",
          "t4"."status",
          "t4"."sex",
          "t4"."migrant",
          "t4"."dispatched",
          "t4"."newform"
        FROM "days" AS "t3"
        INNER JOIN "members_memberversion" AS "t4"
          ON "t4"."valid_from" <= "t3"."day"
          AND (
            (
              "t4"."valid_to" IS NULL
            ) OR (
              "t4"."valid_to" > "t3"."day"
            )
          )
          AND "t4"."added_in" <= "t3"."known"
          AND (
            (
              "t4"."removed_in" IS NULL
            ) OR (
              "t4"."removed_in" > "t3"."known"
            )
          )
      ) AS "t6"
      WHERE
        "t6"."status" = '正常'
    ) AS "t9"
    GROUP BY
      1,
      2
  ) AS "t12"
  INNER JOIN (
    SELECT
      "t7"."day",
      "t7"."entry_id" AS "holder_id",
      "t7"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t5"."entry_id",
        "t5"."area_id"
      FROM "days" AS "t3"
      INNER JOIN "unions_unionversion" AS "t5"
        ON "t5"."valid_from" <= "t3"."day"
        AND (
          (
            "t5"."valid_to" IS NULL
          ) OR (
            "t5"."valid_to" > "t3"."day"
          )
        )
        AND "t5"."added_in" <= "t3"."known"
        AND (
          (
            "t5"."removed_in" IS NULL
          ) OR (
            "t5"."removed_in" > "t3"."known"
          )
        )
    ) AS "t7"
  ) AS "t10"
    ON "t12"."day" = "t10"."day" AND "t12"."holder_id" = "t10"."holder_id"
) AS "t13"
GROUP BY
  1,
  2
