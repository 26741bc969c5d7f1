-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: members.sums.now
SELECT
  "t15"."day",
  "t15"."leaf_id",
  SUM("t15"."members.total") AS "members.total"
FROM (
  SELECT
    "t14"."day",
    "t12"."leaf_id",
    "t14"."members.total"
  FROM (
    SELECT
      "t11"."day",
      "t11"."holder_id",
      COUNT(*) AS "members.total"
    FROM (
      SELECT
        "t8"."day",
        "t8"."identity_sealed",
        "t8"."name",
        "t8"."entry_id" AS "entity_id",
        "t8"."union_id" AS "holder_id"
      FROM (
        SELECT
          "t3"."day",
          "t6"."entry_id",
          "t6"."identity_sealed",
          "t6"."name",
          "t6"."union_id",
          "t6"."status"
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
  SUM("t13"."members.total") AS "members.total"
FROM (
  SELECT
    "t12"."day",
    "t10"."leaf_id",
    "t12"."members.total"
  FROM (
    SELECT
      "t9"."day",
      "t9"."holder_id",
      COUNT(*) AS "members.total"
    FROM (
      SELECT
        "t6"."day",
        "t6"."identity_sealed",
        "t6"."name",
        "t6"."entry_id" AS "entity_id",
        "t6"."union_id" AS "holder_id"
      FROM (
        SELECT
          "t3"."day",
          "t4"."entry_id",
          "t4"."identity_sealed",
          "t4"."name",
          "t4"."union_id",
          "t4"."status"
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

-- name: members.rows.now
SELECT
  "t13"."day",
  "t12"."leaf_id",
  "t13"."entity_id",
  "t13"."key",
  "t13"."name",
  "t13"."members.total"
FROM (
  SELECT
    "t8"."day",
    "t8"."entry_id" AS "entity_id",
    "t8"."union_id" AS "holder_id",
    "t8"."identity_sealed" AS "key",
    "t8"."name",
    CAST(1 AS INTEGER) AS "members.total"
  FROM (
    SELECT
      "t3"."day",
      "t6"."entry_id",
      "t6"."identity_sealed",
      "t6"."name",
      "t6"."union_id",
      "t6"."status"
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
) AS "t13"
INNER JOIN (
  SELECT
    "t9"."day",
    "t9"."entry_id" AS "holder_id",
    "t9"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t3"."day",
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
  ON "t13"."day" = "t12"."day" AND "t13"."holder_id" = "t12"."holder_id"

-- name: members.rows.known
SELECT
  "t11"."day",
  "t10"."leaf_id",
  "t11"."entity_id",
  "t11"."key",
  "t11"."name",
  "t11"."members.total"
FROM (
  SELECT
    "t6"."day",
    "t6"."entry_id" AS "entity_id",
    "t6"."union_id" AS "holder_id",
    "t6"."identity_sealed" AS "key",
    "t6"."name",
    CAST(1 AS INTEGER) AS "members.total"
  FROM (
    SELECT
      "t3"."day",
      "t4"."entry_id",
      "t4"."identity_sealed",
      "t4"."name",
      "t4"."union_id",
      "t4"."status"
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
) AS "t11"
INNER JOIN (
  SELECT
    "t7"."day",
    "t7"."entry_id" AS "holder_id",
    "t7"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t3"."day",
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
  ON "t11"."day" = "t10"."day" AND "t11"."holder_id" = "t10"."holder_id"
