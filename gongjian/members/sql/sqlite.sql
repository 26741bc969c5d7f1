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
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
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
      WHERE
        "t12"."day" = "t13"."day" AND "t12"."entity_id" = "t13"."union_id"
    )
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
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
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
      WHERE
        "t10"."day" = "t11"."day" AND "t10"."entity_id" = "t11"."union_id"
    )
) AS "t12"
GROUP BY
  1,
  2

-- name: hollow.sums.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t19"."leaf_id",
  "t19"."day",
  COUNT(*) AS "unions.hollow"
FROM (
  SELECT
    "t17"."day",
    "t17"."year_from",
    "t17"."ago_15",
    "t17"."entity_id",
    "t17"."code",
    "t17"."name",
    "t17"."kind",
    "t17"."leaf_id",
    "t17"."opened",
    "t17"."elected_on",
    "t17"."term_years"
  FROM (
    SELECT
      "t13"."day",
      "t13"."year_from",
      "t13"."ago_15",
      "t13"."entry_id" AS "entity_id",
      "t13"."code",
      "t13"."name",
      "t13"."kind",
      "t13"."area_id" AS "leaf_id",
      "t13"."opened",
      "t13"."elected_on",
      "t13"."term_years"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t11"."entry_id",
        "t11"."code",
        "t11"."name",
        "t11"."kind",
        "t11"."area_id",
        "t11"."opened",
        "t11"."elected_on",
        "t11"."term_years"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_unionversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t6"
        WHERE
          "t6"."entry_id" IN (
            SELECT
              *
            FROM "t5"
          )
      ) AS "t11"
        ON "t11"."valid_from" <= "t4"."day"
        AND (
          (
            "t11"."valid_to" IS NULL
          ) OR (
            "t11"."valid_to" > "t4"."day"
          )
        )
    ) AS "t13"
    WHERE
      "t13"."kind" IN ('单独基层工会', '联合基层工会')
  ) AS "t17"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t12"."entry_id",
            "t12"."union_id",
            "t12"."status"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM "members_memberversion" AS "t2"
              WHERE
                "t2"."removed_in" IS NULL
            ) AS "t7"
            WHERE
              "t7"."union_id" IN (
                SELECT
                  *
                FROM "t5"
              )
          ) AS "t12"
            ON "t12"."valid_from" <= "t4"."day"
            AND (
              (
                "t12"."valid_to" IS NULL
              ) OR (
                "t12"."valid_to" > "t4"."day"
              )
            )
        ) AS "t14"
        WHERE
          "t14"."status" = '正常'
      ) AS "t18"
      WHERE
        "t17"."day" = "t18"."day" AND "t17"."entity_id" = "t18"."union_id"
    )
) AS "t19"
GROUP BY
  1,
  2

-- name: hollow.sums.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t17"."leaf_id",
  "t17"."day",
  COUNT(*) AS "unions.hollow"
FROM (
  SELECT
    "t15"."day",
    "t15"."year_from",
    "t15"."ago_15",
    "t15"."entity_id",
    "t15"."code",
    "t15"."name",
    "t15"."kind",
    "t15"."leaf_id",
    "t15"."opened",
    "t15"."elected_on",
    "t15"."term_years"
  FROM (
    SELECT
      "t11"."day",
      "t11"."year_from",
      "t11"."ago_15",
      "t11"."entry_id" AS "entity_id",
      "t11"."code",
      "t11"."name",
      "t11"."kind",
      "t11"."area_id" AS "leaf_id",
      "t11"."opened",
      "t11"."elected_on",
      "t11"."term_years"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t9"."entry_id",
        "t9"."code",
        "t9"."name",
        "t9"."kind",
        "t9"."area_id",
        "t9"."opened",
        "t9"."elected_on",
        "t9"."term_years"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t1"
        WHERE
          "t1"."entry_id" IN (
            SELECT
              *
            FROM "t5"
          )
      ) AS "t9"
        ON "t9"."valid_from" <= "t4"."day"
        AND (
          (
            "t9"."valid_to" IS NULL
          ) OR (
            "t9"."valid_to" > "t4"."day"
          )
        )
        AND "t9"."added_in" <= "t4"."known"
        AND (
          (
            "t9"."removed_in" IS NULL
          ) OR (
            "t9"."removed_in" > "t4"."known"
          )
        )
    ) AS "t11"
    WHERE
      "t11"."kind" IN ('单独基层工会', '联合基层工会')
  ) AS "t15"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t10"."entry_id",
            "t10"."union_id",
            "t10"."status"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM "members_memberversion" AS "t2"
            WHERE
              "t2"."union_id" IN (
                SELECT
                  *
                FROM "t5"
              )
          ) AS "t10"
            ON "t10"."valid_from" <= "t4"."day"
            AND (
              (
                "t10"."valid_to" IS NULL
              ) OR (
                "t10"."valid_to" > "t4"."day"
              )
            )
            AND "t10"."added_in" <= "t4"."known"
            AND (
              (
                "t10"."removed_in" IS NULL
              ) OR (
                "t10"."removed_in" > "t4"."known"
              )
            )
        ) AS "t12"
        WHERE
          "t12"."status" = '正常'
      ) AS "t16"
      WHERE
        "t15"."day" = "t16"."day" AND "t15"."entity_id" = "t16"."union_id"
    )
) AS "t17"
GROUP BY
  1,
  2

-- name: hollow.rows.now
SELECT
  "t12"."day",
  "t12"."entity_id",
  "t12"."leaf_id",
  "t12"."code" AS "key",
  "t12"."name",
  CAST(1 AS INTEGER) AS "unions.hollow"
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
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM (
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
    WHERE
      "t12"."day" = "t13"."day" AND "t12"."entity_id" = "t13"."union_id"
  )

-- name: hollow.rows.known
SELECT
  "t10"."day",
  "t10"."entity_id",
  "t10"."leaf_id",
  "t10"."code" AS "key",
  "t10"."name",
  CAST(1 AS INTEGER) AS "unions.hollow"
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
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM (
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
    WHERE
      "t10"."day" = "t11"."day" AND "t10"."entity_id" = "t11"."union_id"
  )

-- name: hollow.rows.now.entities
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t17"."day",
  "t17"."entity_id",
  "t17"."leaf_id",
  "t17"."code" AS "key",
  "t17"."name",
  CAST(1 AS INTEGER) AS "unions.hollow"
FROM (
  SELECT
    "t13"."day",
    "t13"."year_from",
    "t13"."ago_15",
    "t13"."entry_id" AS "entity_id",
    "t13"."code",
    "t13"."name",
    "t13"."kind",
    "t13"."area_id" AS "leaf_id",
    "t13"."opened",
    "t13"."elected_on",
    "t13"."term_years"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t11"."entry_id",
      "t11"."code",
      "t11"."name",
      "t11"."kind",
      "t11"."area_id",
      "t11"."opened",
      "t11"."elected_on",
      "t11"."term_years"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM "unions_unionversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t6"
      WHERE
        "t6"."entry_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t11"
      ON "t11"."valid_from" <= "t4"."day"
      AND (
        (
          "t11"."valid_to" IS NULL
        ) OR (
          "t11"."valid_to" > "t4"."day"
        )
      )
  ) AS "t13"
  WHERE
    "t13"."kind" IN ('单独基层工会', '联合基层工会')
) AS "t17"
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t12"."entry_id",
          "t12"."union_id",
          "t12"."status"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "members_memberversion" AS "t2"
            WHERE
              "t2"."removed_in" IS NULL
          ) AS "t7"
          WHERE
            "t7"."union_id" IN (
              SELECT
                *
              FROM "t5"
            )
        ) AS "t12"
          ON "t12"."valid_from" <= "t4"."day"
          AND (
            (
              "t12"."valid_to" IS NULL
            ) OR (
              "t12"."valid_to" > "t4"."day"
            )
          )
      ) AS "t14"
      WHERE
        "t14"."status" = '正常'
    ) AS "t18"
    WHERE
      "t17"."day" = "t18"."day" AND "t17"."entity_id" = "t18"."union_id"
  )

-- name: hollow.rows.known.entities
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t15"."day",
  "t15"."entity_id",
  "t15"."leaf_id",
  "t15"."code" AS "key",
  "t15"."name",
  CAST(1 AS INTEGER) AS "unions.hollow"
FROM (
  SELECT
    "t11"."day",
    "t11"."year_from",
    "t11"."ago_15",
    "t11"."entry_id" AS "entity_id",
    "t11"."code",
    "t11"."name",
    "t11"."kind",
    "t11"."area_id" AS "leaf_id",
    "t11"."opened",
    "t11"."elected_on",
    "t11"."term_years"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t9"."entry_id",
      "t9"."code",
      "t9"."name",
      "t9"."kind",
      "t9"."area_id",
      "t9"."opened",
      "t9"."elected_on",
      "t9"."term_years"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "unions_unionversion" AS "t1"
      WHERE
        "t1"."entry_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t9"
      ON "t9"."valid_from" <= "t4"."day"
      AND (
        (
          "t9"."valid_to" IS NULL
        ) OR (
          "t9"."valid_to" > "t4"."day"
        )
      )
      AND "t9"."added_in" <= "t4"."known"
      AND (
        (
          "t9"."removed_in" IS NULL
        ) OR (
          "t9"."removed_in" > "t4"."known"
        )
      )
  ) AS "t11"
  WHERE
    "t11"."kind" IN ('单独基层工会', '联合基层工会')
) AS "t15"
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t10"."entry_id",
          "t10"."union_id",
          "t10"."status"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "members_memberversion" AS "t2"
          WHERE
            "t2"."union_id" IN (
              SELECT
                *
              FROM "t5"
            )
        ) AS "t10"
          ON "t10"."valid_from" <= "t4"."day"
          AND (
            (
              "t10"."valid_to" IS NULL
            ) OR (
              "t10"."valid_to" > "t4"."day"
            )
          )
          AND "t10"."added_in" <= "t4"."known"
          AND (
            (
              "t10"."removed_in" IS NULL
            ) OR (
              "t10"."removed_in" > "t4"."known"
            )
          )
      ) AS "t12"
      WHERE
        "t12"."status" = '正常'
    ) AS "t16"
    WHERE
      "t15"."day" = "t16"."day" AND "t15"."entity_id" = "t16"."union_id"
  )

-- name: hollow.rows.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t17"."day",
  "t17"."entity_id",
  "t17"."leaf_id",
  "t17"."code" AS "key",
  "t17"."name",
  CAST(1 AS INTEGER) AS "unions.hollow"
FROM (
  SELECT
    "t13"."day",
    "t13"."year_from",
    "t13"."ago_15",
    "t13"."entry_id" AS "entity_id",
    "t13"."code",
    "t13"."name",
    "t13"."kind",
    "t13"."area_id" AS "leaf_id",
    "t13"."opened",
    "t13"."elected_on",
    "t13"."term_years"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t11"."entry_id",
      "t11"."code",
      "t11"."name",
      "t11"."kind",
      "t11"."area_id",
      "t11"."opened",
      "t11"."elected_on",
      "t11"."term_years"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM "unions_unionversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t6"
      WHERE
        "t6"."entry_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t11"
      ON "t11"."valid_from" <= "t4"."day"
      AND (
        (
          "t11"."valid_to" IS NULL
        ) OR (
          "t11"."valid_to" > "t4"."day"
        )
      )
  ) AS "t13"
  WHERE
    "t13"."kind" IN ('单独基层工会', '联合基层工会')
) AS "t17"
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t12"."entry_id",
          "t12"."union_id",
          "t12"."status"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "members_memberversion" AS "t2"
            WHERE
              "t2"."removed_in" IS NULL
          ) AS "t7"
          WHERE
            "t7"."union_id" IN (
              SELECT
                *
              FROM "t5"
            )
        ) AS "t12"
          ON "t12"."valid_from" <= "t4"."day"
          AND (
            (
              "t12"."valid_to" IS NULL
            ) OR (
              "t12"."valid_to" > "t4"."day"
            )
          )
      ) AS "t14"
      WHERE
        "t14"."status" = '正常'
    ) AS "t18"
    WHERE
      "t17"."day" = "t18"."day" AND "t17"."entity_id" = "t18"."union_id"
  )

-- name: hollow.rows.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t15"."day",
  "t15"."entity_id",
  "t15"."leaf_id",
  "t15"."code" AS "key",
  "t15"."name",
  CAST(1 AS INTEGER) AS "unions.hollow"
FROM (
  SELECT
    "t11"."day",
    "t11"."year_from",
    "t11"."ago_15",
    "t11"."entry_id" AS "entity_id",
    "t11"."code",
    "t11"."name",
    "t11"."kind",
    "t11"."area_id" AS "leaf_id",
    "t11"."opened",
    "t11"."elected_on",
    "t11"."term_years"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t9"."entry_id",
      "t9"."code",
      "t9"."name",
      "t9"."kind",
      "t9"."area_id",
      "t9"."opened",
      "t9"."elected_on",
      "t9"."term_years"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "unions_unionversion" AS "t1"
      WHERE
        "t1"."entry_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t9"
      ON "t9"."valid_from" <= "t4"."day"
      AND (
        (
          "t9"."valid_to" IS NULL
        ) OR (
          "t9"."valid_to" > "t4"."day"
        )
      )
      AND "t9"."added_in" <= "t4"."known"
      AND (
        (
          "t9"."removed_in" IS NULL
        ) OR (
          "t9"."removed_in" > "t4"."known"
        )
      )
  ) AS "t11"
  WHERE
    "t11"."kind" IN ('单独基层工会', '联合基层工会')
) AS "t15"
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t10"."entry_id",
          "t10"."union_id",
          "t10"."status"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "members_memberversion" AS "t2"
          WHERE
            "t2"."union_id" IN (
              SELECT
                *
              FROM "t5"
            )
        ) AS "t10"
          ON "t10"."valid_from" <= "t4"."day"
          AND (
            (
              "t10"."valid_to" IS NULL
            ) OR (
              "t10"."valid_to" > "t4"."day"
            )
          )
          AND "t10"."added_in" <= "t4"."known"
          AND (
            (
              "t10"."removed_in" IS NULL
            ) OR (
              "t10"."removed_in" > "t4"."known"
            )
          )
      ) AS "t12"
      WHERE
        "t12"."status" = '正常'
    ) AS "t16"
    WHERE
      "t15"."day" = "t16"."day" AND "t15"."entity_id" = "t16"."union_id"
  )

-- name: hollow.reads
members status union_id
unions area_id code elected_on kind name opened term_years

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

-- name: members.sums.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t20"."day",
  "t20"."leaf_id",
  SUM("t20"."members.total") AS "members.total",
  SUM("t20"."members.female") AS "members.female",
  SUM("t20"."members.migrant") AS "members.migrant",
  SUM("t20"."members.dispatched") AS "members.dispatched",
  SUM("t20"."members.newform") AS "members.newform"
FROM (
  SELECT
    "t19"."day",
    "t17"."leaf_id",
    "t19"."members.total",
    "t19"."members.female",
    "t19"."members.migrant",
    "t19"."members.dispatched",
    "t19"."members.newform"
  FROM (
    SELECT
      "t16"."holder_id",
      "t16"."day",
      COUNT(*) AS "members.total",
      COUNT(*) FILTER(WHERE
        "t16"."sex" = '女') AS "members.female",
      COUNT(*) FILTER(WHERE
        "t16"."migrant" = 1) AS "members.migrant",
      COUNT(*) FILTER(WHERE
        "t16"."dispatched" = 1) AS "members.dispatched",
      COUNT(*) FILTER(WHERE
        "t16"."newform" IS NOT NULL) AS "members.newform"
    FROM (
      SELECT
        "t13"."day",
        "t13"."identity_sealed",
        "t13"."name",
        "t13"."sex",
        "t13"."migrant",
        "t13"."dispatched",
        "t13"."newform",
        "t13"."entry_id" AS "entity_id",
        "t13"."union_id" AS "holder_id"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t11"."entry_id",
          "t11"."identity_sealed",
          "t11"."name",
          "t11"."union_id",
          "t11"."status",
          "t11"."sex",
          "t11"."migrant",
          "t11"."dispatched",
          "t11"."newform"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "members_memberversion" AS "t1"
            WHERE
              "t1"."removed_in" IS NULL
          ) AS "t6"
          WHERE
            "t6"."union_id" IN (
              SELECT
                *
              FROM "t5"
            )
        ) AS "t11"
          ON "t11"."valid_from" <= "t4"."day"
          AND (
            (
              "t11"."valid_to" IS NULL
            ) OR (
              "t11"."valid_to" > "t4"."day"
            )
          )
      ) AS "t13"
      WHERE
        "t13"."status" = '正常'
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t19"
  INNER JOIN (
    SELECT
      "t14"."day",
      "t14"."entry_id" AS "holder_id",
      "t14"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t12"."entry_id",
        "t12"."area_id"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_unionversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t7"
        WHERE
          "t7"."entry_id" IN (
            SELECT
              *
            FROM "t5"
          )
      ) AS "t12"
        ON "t12"."valid_from" <= "t4"."day"
        AND (
          (
            "t12"."valid_to" IS NULL
          ) OR (
            "t12"."valid_to" > "t4"."day"
          )
        )
    ) AS "t14"
  ) AS "t17"
    ON "t19"."day" = "t17"."day" AND "t19"."holder_id" = "t17"."holder_id"
) AS "t20"
GROUP BY
  1,
  2

-- name: members.sums.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t18"."day",
  "t18"."leaf_id",
  SUM("t18"."members.total") AS "members.total",
  SUM("t18"."members.female") AS "members.female",
  SUM("t18"."members.migrant") AS "members.migrant",
  SUM("t18"."members.dispatched") AS "members.dispatched",
  SUM("t18"."members.newform") AS "members.newform"
FROM (
  SELECT
    "t17"."day",
    "t15"."leaf_id",
    "t17"."members.total",
    "t17"."members.female",
    "t17"."members.migrant",
    "t17"."members.dispatched",
    "t17"."members.newform"
  FROM (
    SELECT
      "t14"."holder_id",
      "t14"."day",
      COUNT(*) AS "members.total",
      COUNT(*) FILTER(WHERE
        "t14"."sex" = '女') AS "members.female",
      COUNT(*) FILTER(WHERE
        "t14"."migrant" = 1) AS "members.migrant",
      COUNT(*) FILTER(WHERE
        "t14"."dispatched" = 1) AS "members.dispatched",
      COUNT(*) FILTER(WHERE
        "t14"."newform" IS NOT NULL) AS "members.newform"
    FROM (
      SELECT
        "t11"."day",
        "t11"."identity_sealed",
        "t11"."name",
        "t11"."sex",
        "t11"."migrant",
        "t11"."dispatched",
        "t11"."newform",
        "t11"."entry_id" AS "entity_id",
        "t11"."union_id" AS "holder_id"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t9"."entry_id",
          "t9"."identity_sealed",
          "t9"."name",
          "t9"."union_id",
          "t9"."status",
          "t9"."sex",
          "t9"."migrant",
          "t9"."dispatched",
          "t9"."newform"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "members_memberversion" AS "t1"
          WHERE
            "t1"."union_id" IN (
              SELECT
                *
              FROM "t5"
            )
        ) AS "t9"
          ON "t9"."valid_from" <= "t4"."day"
          AND (
            (
              "t9"."valid_to" IS NULL
            ) OR (
              "t9"."valid_to" > "t4"."day"
            )
          )
          AND "t9"."added_in" <= "t4"."known"
          AND (
            (
              "t9"."removed_in" IS NULL
            ) OR (
              "t9"."removed_in" > "t4"."known"
            )
          )
      ) AS "t11"
      WHERE
        "t11"."status" = '正常'
    ) AS "t14"
    GROUP BY
      1,
      2
  ) AS "t17"
  INNER JOIN (
    SELECT
      "t12"."day",
      "t12"."entry_id" AS "holder_id",
      "t12"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t10"."entry_id",
        "t10"."area_id"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t2"
        WHERE
          "t2"."entry_id" IN (
            SELECT
              *
            FROM "t5"
          )
      ) AS "t10"
        ON "t10"."valid_from" <= "t4"."day"
        AND (
          (
            "t10"."valid_to" IS NULL
          ) OR (
            "t10"."valid_to" > "t4"."day"
          )
        )
        AND "t10"."added_in" <= "t4"."known"
        AND (
          (
            "t10"."removed_in" IS NULL
          ) OR (
            "t10"."removed_in" > "t4"."known"
          )
        )
    ) AS "t12"
  ) AS "t15"
    ON "t17"."day" = "t15"."day" AND "t17"."holder_id" = "t15"."holder_id"
) AS "t18"
GROUP BY
  1,
  2

-- name: members.rows.now
SELECT
  "t13"."day",
  "t11"."leaf_id",
  "t13"."entity_id",
  "t13"."key",
  "t13"."name",
  "t13"."members.total",
  "t13"."members.female",
  "t13"."members.migrant",
  "t13"."members.dispatched",
  "t13"."members.newform"
FROM (
  SELECT
    "t8"."day",
    "t8"."entry_id" AS "entity_id",
    "t8"."union_id" AS "holder_id",
    "t8"."identity_sealed" AS "key",
    "t8"."name",
    CAST(1 AS INTEGER) AS "members.total",
    IIF("t8"."sex" = '女', CAST(1 AS INTEGER), NULL) AS "members.female",
    IIF("t8"."migrant" = 1, CAST(1 AS INTEGER), NULL) AS "members.migrant",
    IIF("t8"."dispatched" = 1, CAST(1 AS INTEGER), NULL) AS "members.dispatched",
    IIF("t8"."newform" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "members.newform"
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
) AS "t13"
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
) AS "t11"
  ON "t13"."day" = "t11"."day" AND "t13"."holder_id" = "t11"."holder_id"

-- name: members.rows.known
SELECT
  "t11"."day",
  "t9"."leaf_id",
  "t11"."entity_id",
  "t11"."key",
  "t11"."name",
  "t11"."members.total",
  "t11"."members.female",
  "t11"."members.migrant",
  "t11"."members.dispatched",
  "t11"."members.newform"
FROM (
  SELECT
    "t6"."day",
    "t6"."entry_id" AS "entity_id",
    "t6"."union_id" AS "holder_id",
    "t6"."identity_sealed" AS "key",
    "t6"."name",
    CAST(1 AS INTEGER) AS "members.total",
    IIF("t6"."sex" = '女', CAST(1 AS INTEGER), NULL) AS "members.female",
    IIF("t6"."migrant" = 1, CAST(1 AS INTEGER), NULL) AS "members.migrant",
    IIF("t6"."dispatched" = 1, CAST(1 AS INTEGER), NULL) AS "members.dispatched",
    IIF("t6"."newform" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "members.newform"
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
) AS "t11"
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
) AS "t9"
  ON "t11"."day" = "t9"."day" AND "t11"."holder_id" = "t9"."holder_id"

-- name: members.rows.now.entities
SELECT
  "t16"."day",
  "t14"."leaf_id",
  "t16"."entity_id",
  "t16"."key",
  "t16"."name",
  "t16"."members.total",
  "t16"."members.female",
  "t16"."members.migrant",
  "t16"."members.dispatched",
  "t16"."members.newform"
FROM (
  SELECT
    "t13"."day",
    "t13"."entry_id" AS "entity_id",
    "t13"."union_id" AS "holder_id",
    "t13"."identity_sealed" AS "key",
    "t13"."name",
    CAST(1 AS INTEGER) AS "members.total",
    IIF("t13"."sex" = '女', CAST(1 AS INTEGER), NULL) AS "members.female",
    IIF("t13"."migrant" = 1, CAST(1 AS INTEGER), NULL) AS "members.migrant",
    IIF("t13"."dispatched" = 1, CAST(1 AS INTEGER), NULL) AS "members.dispatched",
    IIF("t13"."newform" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "members.newform"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t10"."entry_id",
      "t10"."identity_sealed",
      "t10"."name",
      "t10"."union_id",
      "t10"."status",
      "t10"."sex",
      "t10"."migrant",
      "t10"."dispatched",
      "t10"."newform"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM "members_memberversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t6"
      WHERE
        "t6"."entry_id" IN (
          SELECT
            *
          FROM "chosen" AS "t3"
        )
    ) AS "t10"
      ON "t10"."valid_from" <= "t4"."day"
      AND (
        (
          "t10"."valid_to" IS NULL
        ) OR (
          "t10"."valid_to" > "t4"."day"
        )
      )
  ) AS "t13"
  WHERE
    "t13"."status" = '正常'
) AS "t16"
INNER JOIN (
  SELECT
    "t11"."day",
    "t11"."entry_id" AS "holder_id",
    "t11"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t8"."entry_id",
      "t8"."area_id"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "unions_unionversion" AS "t2"
      WHERE
        "t2"."removed_in" IS NULL
    ) AS "t8"
      ON "t8"."valid_from" <= "t4"."day"
      AND (
        (
          "t8"."valid_to" IS NULL
        ) OR (
          "t8"."valid_to" > "t4"."day"
        )
      )
  ) AS "t11"
) AS "t14"
  ON "t16"."day" = "t14"."day" AND "t16"."holder_id" = "t14"."holder_id"

-- name: members.rows.known.entities
SELECT
  "t14"."day",
  "t11"."leaf_id",
  "t14"."entity_id",
  "t14"."key",
  "t14"."name",
  "t14"."members.total",
  "t14"."members.female",
  "t14"."members.migrant",
  "t14"."members.dispatched",
  "t14"."members.newform"
FROM (
  SELECT
    "t12"."day",
    "t12"."entry_id" AS "entity_id",
    "t12"."union_id" AS "holder_id",
    "t12"."identity_sealed" AS "key",
    "t12"."name",
    CAST(1 AS INTEGER) AS "members.total",
    IIF("t12"."sex" = '女', CAST(1 AS INTEGER), NULL) AS "members.female",
    IIF("t12"."migrant" = 1, CAST(1 AS INTEGER), NULL) AS "members.migrant",
    IIF("t12"."dispatched" = 1, CAST(1 AS INTEGER), NULL) AS "members.dispatched",
    IIF("t12"."newform" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "members.newform"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t8"."entry_id",
      "t8"."identity_sealed",
      "t8"."name",
      "t8"."union_id",
      "t8"."status",
      "t8"."sex",
      "t8"."migrant",
      "t8"."dispatched",
      "t8"."newform"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "members_memberversion" AS "t1"
      WHERE
        "t1"."entry_id" IN (
          SELECT
            *
          FROM "chosen" AS "t3"
        )
    ) AS "t8"
      ON "t8"."valid_from" <= "t4"."day"
      AND (
        (
          "t8"."valid_to" IS NULL
        ) OR (
          "t8"."valid_to" > "t4"."day"
        )
      )
      AND "t8"."added_in" <= "t4"."known"
      AND (
        (
          "t8"."removed_in" IS NULL
        ) OR (
          "t8"."removed_in" > "t4"."known"
        )
      )
  ) AS "t12"
  WHERE
    "t12"."status" = '正常'
) AS "t14"
INNER JOIN (
  SELECT
    "t9"."day",
    "t9"."entry_id" AS "holder_id",
    "t9"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t5"."entry_id",
      "t5"."area_id"
    FROM "days" AS "t4"
    INNER JOIN "unions_unionversion" AS "t5"
      ON "t5"."valid_from" <= "t4"."day"
      AND (
        (
          "t5"."valid_to" IS NULL
        ) OR (
          "t5"."valid_to" > "t4"."day"
        )
      )
      AND "t5"."added_in" <= "t4"."known"
      AND (
        (
          "t5"."removed_in" IS NULL
        ) OR (
          "t5"."removed_in" > "t4"."known"
        )
      )
  ) AS "t9"
) AS "t11"
  ON "t14"."day" = "t11"."day" AND "t14"."holder_id" = "t11"."holder_id"

-- name: members.rows.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t18"."day",
  "t16"."leaf_id",
  "t18"."entity_id",
  "t18"."key",
  "t18"."name",
  "t18"."members.total",
  "t18"."members.female",
  "t18"."members.migrant",
  "t18"."members.dispatched",
  "t18"."members.newform"
FROM (
  SELECT
    "t13"."day",
    "t13"."entry_id" AS "entity_id",
    "t13"."union_id" AS "holder_id",
    "t13"."identity_sealed" AS "key",
    "t13"."name",
    CAST(1 AS INTEGER) AS "members.total",
    IIF("t13"."sex" = '女', CAST(1 AS INTEGER), NULL) AS "members.female",
    IIF("t13"."migrant" = 1, CAST(1 AS INTEGER), NULL) AS "members.migrant",
    IIF("t13"."dispatched" = 1, CAST(1 AS INTEGER), NULL) AS "members.dispatched",
    IIF("t13"."newform" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "members.newform"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t11"."entry_id",
      "t11"."identity_sealed",
      "t11"."name",
      "t11"."union_id",
      "t11"."status",
      "t11"."sex",
      "t11"."migrant",
      "t11"."dispatched",
      "t11"."newform"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM "members_memberversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t6"
      WHERE
        "t6"."union_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t11"
      ON "t11"."valid_from" <= "t4"."day"
      AND (
        (
          "t11"."valid_to" IS NULL
        ) OR (
          "t11"."valid_to" > "t4"."day"
        )
      )
  ) AS "t13"
  WHERE
    "t13"."status" = '正常'
) AS "t18"
INNER JOIN (
  SELECT
    "t14"."day",
    "t14"."entry_id" AS "holder_id",
    "t14"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t12"."entry_id",
      "t12"."area_id"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM "unions_unionversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t7"
      WHERE
        "t7"."entry_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t12"
      ON "t12"."valid_from" <= "t4"."day"
      AND (
        (
          "t12"."valid_to" IS NULL
        ) OR (
          "t12"."valid_to" > "t4"."day"
        )
      )
  ) AS "t14"
) AS "t16"
  ON "t18"."day" = "t16"."day" AND "t18"."holder_id" = "t16"."holder_id"

-- name: members.rows.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t16"."day",
  "t14"."leaf_id",
  "t16"."entity_id",
  "t16"."key",
  "t16"."name",
  "t16"."members.total",
  "t16"."members.female",
  "t16"."members.migrant",
  "t16"."members.dispatched",
  "t16"."members.newform"
FROM (
  SELECT
    "t11"."day",
    "t11"."entry_id" AS "entity_id",
    "t11"."union_id" AS "holder_id",
    "t11"."identity_sealed" AS "key",
    "t11"."name",
    CAST(1 AS INTEGER) AS "members.total",
    IIF("t11"."sex" = '女', CAST(1 AS INTEGER), NULL) AS "members.female",
    IIF("t11"."migrant" = 1, CAST(1 AS INTEGER), NULL) AS "members.migrant",
    IIF("t11"."dispatched" = 1, CAST(1 AS INTEGER), NULL) AS "members.dispatched",
    IIF("t11"."newform" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "members.newform"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t9"."entry_id",
      "t9"."identity_sealed",
      "t9"."name",
      "t9"."union_id",
      "t9"."status",
      "t9"."sex",
      "t9"."migrant",
      "t9"."dispatched",
      "t9"."newform"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "members_memberversion" AS "t1"
      WHERE
        "t1"."union_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t9"
      ON "t9"."valid_from" <= "t4"."day"
      AND (
        (
          "t9"."valid_to" IS NULL
        ) OR (
          "t9"."valid_to" > "t4"."day"
        )
      )
      AND "t9"."added_in" <= "t4"."known"
      AND (
        (
          "t9"."removed_in" IS NULL
        ) OR (
          "t9"."removed_in" > "t4"."known"
        )
      )
  ) AS "t11"
  WHERE
    "t11"."status" = '正常'
) AS "t16"
INNER JOIN (
  SELECT
    "t12"."day",
    "t12"."entry_id" AS "holder_id",
    "t12"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t10"."entry_id",
      "t10"."area_id"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "unions_unionversion" AS "t2"
      WHERE
        "t2"."entry_id" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t10"
      ON "t10"."valid_from" <= "t4"."day"
      AND (
        (
          "t10"."valid_to" IS NULL
        ) OR (
          "t10"."valid_to" > "t4"."day"
        )
      )
      AND "t10"."added_in" <= "t4"."known"
      AND (
        (
          "t10"."removed_in" IS NULL
        ) OR (
          "t10"."removed_in" > "t4"."known"
        )
      )
  ) AS "t12"
) AS "t14"
  ON "t16"."day" = "t14"."day" AND "t16"."holder_id" = "t14"."holder_id"

-- name: members.reads
members dispatched identity_sealed migrant name newform sex status union_id
unions area_id
