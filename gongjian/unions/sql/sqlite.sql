-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: orphaned.sums.now
SELECT
  "t23"."leaf_id",
  "t23"."day",
  COUNT(*) AS "areas.orphaned"
FROM (
  SELECT
    "t22"."day",
    "t22"."code",
    "t22"."name",
    "t22"."entry_id" AS "entity_id",
    "t22"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t20"."day",
      "t20"."entry_id",
      "t20"."at" AS "code",
      "t20"."at_1" AS "name",
      "t20"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t11"."day",
        "t11"."entry_id",
        "t11"."valid_from",
        "t11"."begun",
        "t11"."at",
        "t11"."at_1",
        "t11"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t11"."day", "t11"."entry_id"
          ORDER BY "t11"."begun" DESC, IIF("t11"."begun" = 1, "t11"."valid_from", DATE(NULL)) DESC, "t11"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t8"."entry_id",
          "t8"."valid_from",
          IIF("t8"."valid_from" <= "t4"."day", 1, 0) AS "begun",
          "t8"."code" AS "at",
          "t8"."name" AS "at_1",
          "t8"."heir_id" AS "at_2"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t8"
          ON "t8"."added_in" >= 0
      ) AS "t11"
    ) AS "t20"
    WHERE
      "t20"."rank" = 0 AND "t20"."at_2" IS NULL
  ) AS "t22"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t8"."entry_id"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t8"
          ON "t8"."valid_from" <= "t4"."day"
          AND (
            (
              "t8"."valid_to" IS NULL
            ) OR (
              "t8"."valid_to" > "t4"."day"
            )
          )
      ) AS "t15"
      WHERE
        "t22"."day" = "t15"."day" AND "t22"."entry_id" = "t15"."entry_id"
    )
    AND EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t13"."day",
            "t13"."area_id"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t9"."entry_id",
              "t9"."area_id"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "employers_employerversion" AS "t2"
              WHERE
                "t2"."removed_in" IS NULL
            ) AS "t9"
              ON "t9"."valid_from" <= "t4"."day"
              AND (
                (
                  "t9"."valid_to" IS NULL
                ) OR (
                  "t9"."valid_to" > "t4"."day"
                )
              )
          ) AS "t13"
        ) AS "t16"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t14"."day",
            "t14"."area_id"
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
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t10"
              ON "t10"."valid_from" <= "t4"."day"
              AND (
                (
                  "t10"."valid_to" IS NULL
                ) OR (
                  "t10"."valid_to" > "t4"."day"
                )
              )
          ) AS "t14"
        ) AS "t17"
      ) AS "t19"
      WHERE
        "t22"."day" = "t19"."day" AND "t22"."entry_id" = "t19"."area_id"
    )
) AS "t23"
GROUP BY
  1,
  2

-- name: orphaned.sums.known
SELECT
  "t20"."leaf_id",
  "t20"."day",
  COUNT(*) AS "areas.orphaned"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."entry_id" AS "entity_id",
    "t19"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t17"."day",
      "t17"."entry_id",
      "t17"."at" AS "code",
      "t17"."at_1" AS "name",
      "t17"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t9"."day",
        "t9"."entry_id",
        "t9"."valid_from",
        "t9"."begun",
        "t9"."at",
        "t9"."at_1",
        "t9"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t9"."day", "t9"."entry_id"
          ORDER BY "t9"."begun" DESC, IIF("t9"."begun" = 1, "t9"."valid_from", DATE(NULL)) DESC, "t9"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t5"."entry_id",
          "t5"."valid_from",
          IIF("t5"."valid_from" <= "t4"."day", 1, 0) AS "begun",
          "t5"."code" AS "at",
          "t5"."name" AS "at_1",
          "t5"."heir_id" AS "at_2"
        FROM "days" AS "t4"
        INNER JOIN "areas_areaversion" AS "t5"
          ON "t5"."added_in" <= "t4"."known"
          AND (
            (
              "t5"."removed_in" IS NULL
            ) OR (
              "t5"."removed_in" > "t4"."known"
            )
          )
      ) AS "t9"
    ) AS "t17"
    WHERE
      "t17"."rank" = 0 AND "t17"."at_2" IS NULL
  ) AS "t19"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t5"."entry_id"
        FROM "days" AS "t4"
        INNER JOIN "areas_areaversion" AS "t5"
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
      ) AS "t12"
      WHERE
        "t19"."day" = "t12"."day" AND "t19"."entry_id" = "t12"."entry_id"
    )
    AND EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."day",
            "t10"."area_id"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t6"."entry_id",
              "t6"."area_id"
            FROM "days" AS "t4"
            INNER JOIN "employers_employerversion" AS "t6"
              ON "t6"."valid_from" <= "t4"."day"
              AND (
                (
                  "t6"."valid_to" IS NULL
                ) OR (
                  "t6"."valid_to" > "t4"."day"
                )
              )
              AND "t6"."added_in" <= "t4"."known"
              AND (
                (
                  "t6"."removed_in" IS NULL
                ) OR (
                  "t6"."removed_in" > "t4"."known"
                )
              )
          ) AS "t10"
        ) AS "t13"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t11"."day",
            "t11"."area_id"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id",
              "t7"."area_id"
            FROM "days" AS "t4"
            INNER JOIN "unions_unionversion" AS "t7"
              ON "t7"."valid_from" <= "t4"."day"
              AND (
                (
                  "t7"."valid_to" IS NULL
                ) OR (
                  "t7"."valid_to" > "t4"."day"
                )
              )
              AND "t7"."added_in" <= "t4"."known"
              AND (
                (
                  "t7"."removed_in" IS NULL
                ) OR (
                  "t7"."removed_in" > "t4"."known"
                )
              )
          ) AS "t11"
        ) AS "t14"
      ) AS "t16"
      WHERE
        "t19"."day" = "t16"."day" AND "t19"."entry_id" = "t16"."area_id"
    )
) AS "t20"
GROUP BY
  1,
  2

-- name: orphaned.rows.now
SELECT
  "t23"."day",
  "t23"."entity_id",
  "t23"."leaf_id",
  "t23"."code" AS "key",
  "t23"."name",
  CAST(1 AS INTEGER) AS "areas.orphaned"
FROM (
  SELECT
    "t22"."day",
    "t22"."code",
    "t22"."name",
    "t22"."entry_id" AS "entity_id",
    "t22"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t20"."day",
      "t20"."entry_id",
      "t20"."at" AS "code",
      "t20"."at_1" AS "name",
      "t20"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t11"."day",
        "t11"."entry_id",
        "t11"."valid_from",
        "t11"."begun",
        "t11"."at",
        "t11"."at_1",
        "t11"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t11"."day", "t11"."entry_id"
          ORDER BY "t11"."begun" DESC, IIF("t11"."begun" = 1, "t11"."valid_from", DATE(NULL)) DESC, "t11"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t8"."entry_id",
          "t8"."valid_from",
          IIF("t8"."valid_from" <= "t4"."day", 1, 0) AS "begun",
          "t8"."code" AS "at",
          "t8"."name" AS "at_1",
          "t8"."heir_id" AS "at_2"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t8"
          ON "t8"."added_in" >= 0
      ) AS "t11"
    ) AS "t20"
    WHERE
      "t20"."rank" = 0 AND "t20"."at_2" IS NULL
  ) AS "t22"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t8"."entry_id"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t8"
          ON "t8"."valid_from" <= "t4"."day"
          AND (
            (
              "t8"."valid_to" IS NULL
            ) OR (
              "t8"."valid_to" > "t4"."day"
            )
          )
      ) AS "t15"
      WHERE
        "t22"."day" = "t15"."day" AND "t22"."entry_id" = "t15"."entry_id"
    )
    AND EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t13"."day",
            "t13"."area_id"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t9"."entry_id",
              "t9"."area_id"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "employers_employerversion" AS "t2"
              WHERE
                "t2"."removed_in" IS NULL
            ) AS "t9"
              ON "t9"."valid_from" <= "t4"."day"
              AND (
                (
                  "t9"."valid_to" IS NULL
                ) OR (
                  "t9"."valid_to" > "t4"."day"
                )
              )
          ) AS "t13"
        ) AS "t16"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t14"."day",
            "t14"."area_id"
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
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t10"
              ON "t10"."valid_from" <= "t4"."day"
              AND (
                (
                  "t10"."valid_to" IS NULL
                ) OR (
                  "t10"."valid_to" > "t4"."day"
                )
              )
          ) AS "t14"
        ) AS "t17"
      ) AS "t19"
      WHERE
        "t22"."day" = "t19"."day" AND "t22"."entry_id" = "t19"."area_id"
    )
) AS "t23"

-- name: orphaned.rows.known
SELECT
  "t20"."day",
  "t20"."entity_id",
  "t20"."leaf_id",
  "t20"."code" AS "key",
  "t20"."name",
  CAST(1 AS INTEGER) AS "areas.orphaned"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."entry_id" AS "entity_id",
    "t19"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t17"."day",
      "t17"."entry_id",
      "t17"."at" AS "code",
      "t17"."at_1" AS "name",
      "t17"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t9"."day",
        "t9"."entry_id",
        "t9"."valid_from",
        "t9"."begun",
        "t9"."at",
        "t9"."at_1",
        "t9"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t9"."day", "t9"."entry_id"
          ORDER BY "t9"."begun" DESC, IIF("t9"."begun" = 1, "t9"."valid_from", DATE(NULL)) DESC, "t9"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t5"."entry_id",
          "t5"."valid_from",
          IIF("t5"."valid_from" <= "t4"."day", 1, 0) AS "begun",
          "t5"."code" AS "at",
          "t5"."name" AS "at_1",
          "t5"."heir_id" AS "at_2"
        FROM "days" AS "t4"
        INNER JOIN "areas_areaversion" AS "t5"
          ON "t5"."added_in" <= "t4"."known"
          AND (
            (
              "t5"."removed_in" IS NULL
            ) OR (
              "t5"."removed_in" > "t4"."known"
            )
          )
      ) AS "t9"
    ) AS "t17"
    WHERE
      "t17"."rank" = 0 AND "t17"."at_2" IS NULL
  ) AS "t19"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t5"."entry_id"
        FROM "days" AS "t4"
        INNER JOIN "areas_areaversion" AS "t5"
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
      ) AS "t12"
      WHERE
        "t19"."day" = "t12"."day" AND "t19"."entry_id" = "t12"."entry_id"
    )
    AND EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."day",
            "t10"."area_id"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t6"."entry_id",
              "t6"."area_id"
            FROM "days" AS "t4"
            INNER JOIN "employers_employerversion" AS "t6"
              ON "t6"."valid_from" <= "t4"."day"
              AND (
                (
                  "t6"."valid_to" IS NULL
                ) OR (
                  "t6"."valid_to" > "t4"."day"
                )
              )
              AND "t6"."added_in" <= "t4"."known"
              AND (
                (
                  "t6"."removed_in" IS NULL
                ) OR (
                  "t6"."removed_in" > "t4"."known"
                )
              )
          ) AS "t10"
        ) AS "t13"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t11"."day",
            "t11"."area_id"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id",
              "t7"."area_id"
            FROM "days" AS "t4"
            INNER JOIN "unions_unionversion" AS "t7"
              ON "t7"."valid_from" <= "t4"."day"
              AND (
                (
                  "t7"."valid_to" IS NULL
                ) OR (
                  "t7"."valid_to" > "t4"."day"
                )
              )
              AND "t7"."added_in" <= "t4"."known"
              AND (
                (
                  "t7"."removed_in" IS NULL
                ) OR (
                  "t7"."removed_in" > "t4"."known"
                )
              )
          ) AS "t11"
        ) AS "t14"
      ) AS "t16"
      WHERE
        "t19"."day" = "t16"."day" AND "t19"."entry_id" = "t16"."area_id"
    )
) AS "t20"

-- name: orphaned.rows.now.entities
WITH "t6" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t29"."day",
  "t29"."entity_id",
  "t29"."leaf_id",
  "t29"."code" AS "key",
  "t29"."name",
  CAST(1 AS INTEGER) AS "areas.orphaned"
FROM (
  SELECT
    "t28"."day",
    "t28"."code",
    "t28"."name",
    "t28"."entry_id" AS "entity_id",
    "t28"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t26"."day",
      "t26"."entry_id",
      "t26"."at" AS "code",
      "t26"."at_1" AS "name",
      "t26"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t17"."day",
        "t17"."entry_id",
        "t17"."valid_from",
        "t17"."begun",
        "t17"."at",
        "t17"."at_1",
        "t17"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t17"."day", "t17"."entry_id"
          ORDER BY "t17"."begun" DESC, IIF("t17"."begun" = 1, "t17"."valid_from", DATE(NULL)) DESC, "t17"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t5"."day",
          "t14"."entry_id",
          "t14"."valid_from",
          IIF("t14"."valid_from" <= "t5"."day", 1, 0) AS "begun",
          "t14"."code" AS "at",
          "t14"."name" AS "at_1",
          "t14"."heir_id" AS "at_2"
        FROM "days" AS "t5"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "areas_areaversion" AS "t1"
            WHERE
              "t1"."removed_in" IS NULL
          ) AS "t7"
          WHERE
            "t7"."entry_id" IN (
              SELECT
                *
              FROM "t6"
            )
        ) AS "t14"
          ON "t14"."added_in" >= 0
      ) AS "t17"
    ) AS "t26"
    WHERE
      "t26"."rank" = 0 AND "t26"."at_2" IS NULL
  ) AS "t28"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t5"."day",
          "t5"."year_from",
          "t5"."ago_15",
          "t14"."entry_id"
        FROM "days" AS "t5"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "areas_areaversion" AS "t1"
            WHERE
              "t1"."removed_in" IS NULL
          ) AS "t7"
          WHERE
            "t7"."entry_id" IN (
              SELECT
                *
              FROM "t6"
            )
        ) AS "t14"
          ON "t14"."valid_from" <= "t5"."day"
          AND (
            (
              "t14"."valid_to" IS NULL
            ) OR (
              "t14"."valid_to" > "t5"."day"
            )
          )
      ) AS "t21"
      WHERE
        "t28"."day" = "t21"."day" AND "t28"."entry_id" = "t21"."entry_id"
    )
    AND EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t19"."day",
            "t19"."area_id"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t15"."entry_id",
              "t15"."area_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "employers_employerversion" AS "t3"
                WHERE
                  "t3"."removed_in" IS NULL
              ) AS "t9"
              WHERE
                "t9"."area_id" IN (
                  SELECT
                    *
                  FROM "t6"
                )
            ) AS "t15"
              ON "t15"."valid_from" <= "t5"."day"
              AND (
                (
                  "t15"."valid_to" IS NULL
                ) OR (
                  "t15"."valid_to" > "t5"."day"
                )
              )
          ) AS "t19"
        ) AS "t22"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t20"."day",
            "t20"."area_id"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t16"."entry_id",
              "t16"."area_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "unions_unionversion" AS "t4"
                WHERE
                  "t4"."removed_in" IS NULL
              ) AS "t10"
              WHERE
                "t10"."area_id" IN (
                  SELECT
                    *
                  FROM "t6"
                )
            ) AS "t16"
              ON "t16"."valid_from" <= "t5"."day"
              AND (
                (
                  "t16"."valid_to" IS NULL
                ) OR (
                  "t16"."valid_to" > "t5"."day"
                )
              )
          ) AS "t20"
        ) AS "t23"
      ) AS "t25"
      WHERE
        "t28"."day" = "t25"."day" AND "t28"."entry_id" = "t25"."area_id"
    )
) AS "t29"

-- name: orphaned.rows.known.entities
WITH "t6" AS (
  SELECT
    *
  FROM "chosen" AS "t4"
)
SELECT
  "t26"."day",
  "t26"."entity_id",
  "t26"."leaf_id",
  "t26"."code" AS "key",
  "t26"."name",
  CAST(1 AS INTEGER) AS "areas.orphaned"
FROM (
  SELECT
    "t25"."day",
    "t25"."code",
    "t25"."name",
    "t25"."entry_id" AS "entity_id",
    "t25"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t23"."day",
      "t23"."entry_id",
      "t23"."at" AS "code",
      "t23"."at_1" AS "name",
      "t23"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t15"."day",
        "t15"."entry_id",
        "t15"."valid_from",
        "t15"."begun",
        "t15"."at",
        "t15"."at_1",
        "t15"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t15"."day", "t15"."entry_id"
          ORDER BY "t15"."begun" DESC, IIF("t15"."begun" = 1, "t15"."valid_from", DATE(NULL)) DESC, "t15"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t5"."day",
          "t11"."entry_id",
          "t11"."valid_from",
          IIF("t11"."valid_from" <= "t5"."day", 1, 0) AS "begun",
          "t11"."code" AS "at",
          "t11"."name" AS "at_1",
          "t11"."heir_id" AS "at_2"
        FROM "days" AS "t5"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."entry_id" IN (
              SELECT
                *
              FROM "t6"
            )
        ) AS "t11"
          ON "t11"."added_in" <= "t5"."known"
          AND (
            (
              "t11"."removed_in" IS NULL
            ) OR (
              "t11"."removed_in" > "t5"."known"
            )
          )
      ) AS "t15"
    ) AS "t23"
    WHERE
      "t23"."rank" = 0 AND "t23"."at_2" IS NULL
  ) AS "t25"
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t5"."day",
          "t5"."year_from",
          "t5"."ago_15",
          "t11"."entry_id"
        FROM "days" AS "t5"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."entry_id" IN (
              SELECT
                *
              FROM "t6"
            )
        ) AS "t11"
          ON "t11"."valid_from" <= "t5"."day"
          AND (
            (
              "t11"."valid_to" IS NULL
            ) OR (
              "t11"."valid_to" > "t5"."day"
            )
          )
          AND "t11"."added_in" <= "t5"."known"
          AND (
            (
              "t11"."removed_in" IS NULL
            ) OR (
              "t11"."removed_in" > "t5"."known"
            )
          )
      ) AS "t18"
      WHERE
        "t25"."day" = "t18"."day" AND "t25"."entry_id" = "t18"."entry_id"
    )
    AND EXISTS(
      SELECT
        1
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t16"."day",
            "t16"."area_id"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t12"."entry_id",
              "t12"."area_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "employers_employerversion" AS "t2"
              WHERE
                "t2"."area_id" IN (
                  SELECT
                    *
                  FROM "t6"
                )
            ) AS "t12"
              ON "t12"."valid_from" <= "t5"."day"
              AND (
                (
                  "t12"."valid_to" IS NULL
                ) OR (
                  "t12"."valid_to" > "t5"."day"
                )
              )
              AND "t12"."added_in" <= "t5"."known"
              AND (
                (
                  "t12"."removed_in" IS NULL
                ) OR (
                  "t12"."removed_in" > "t5"."known"
                )
              )
          ) AS "t16"
        ) AS "t19"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t17"."day",
            "t17"."area_id"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t13"."entry_id",
              "t13"."area_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."area_id" IN (
                  SELECT
                    *
                  FROM "t6"
                )
            ) AS "t13"
              ON "t13"."valid_from" <= "t5"."day"
              AND (
                (
                  "t13"."valid_to" IS NULL
                ) OR (
                  "t13"."valid_to" > "t5"."day"
                )
              )
              AND "t13"."added_in" <= "t5"."known"
              AND (
                (
                  "t13"."removed_in" IS NULL
                ) OR (
                  "t13"."removed_in" > "t5"."known"
                )
              )
          ) AS "t17"
        ) AS "t20"
      ) AS "t22"
      WHERE
        "t25"."day" = "t22"."day" AND "t25"."entry_id" = "t22"."area_id"
    )
) AS "t26"

-- name: orphaned.reads
areas * code heir_id name
employers area_id
unions area_id

-- name: covered.sums.now
SELECT
  "t19"."leaf_id",
  "t19"."day",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t19"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    "t19"."mode_0" = 1) AS "coverage.units.own",
  COUNT(*) FILTER(WHERE
    "t19"."mode_1" = 1) AS "coverage.units.joint",
  COUNT(*) FILTER(WHERE
    "t19"."mode_2" = 1) AS "coverage.units.federation",
  COUNT(*) FILTER(WHERE
    "t19"."mode_3" = 1) AS "coverage.units.branch",
  COUNT(*) FILTER(WHERE
    "t19"."modes" >= 2) AS "coverage.units.overlap",
  COUNT(*) FILTER(WHERE
    (
      "t19"."nature" = '企业'
    ) AND (
      "t19"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t19"."staff" AS INTEGER)) AS "coverage.staff"
FROM (
  SELECT
    "t15"."day",
    "t15"."code",
    "t15"."name",
    "t15"."nature",
    "t15"."staff",
    "t15"."entity_id",
    "t15"."leaf_id",
    "t18"."mode_0",
    "t18"."mode_1",
    "t18"."mode_2",
    "t18"."mode_3",
    "t18"."mode_0" + "t18"."mode_1" + "t18"."mode_2" + "t18"."mode_3" AS "modes"
  FROM (
    SELECT
      "t11"."day",
      "t11"."code",
      "t11"."name",
      "t11"."nature",
      "t11"."staff",
      "t11"."entry_id" AS "entity_id",
      "t11"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t8"."entry_id",
        "t8"."code",
        "t8"."name",
        "t8"."area_id",
        "t8"."nature",
        "t8"."staff",
        "t8"."status"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
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
    WHERE
      "t11"."status" = '在业'
  ) AS "t15"
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."employer_id",
      MAX("t16"."mode_0") AS "mode_0",
      MAX("t16"."mode_1") AS "mode_1",
      MAX("t16"."mode_2") AS "mode_2",
      MAX("t16"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t4"."day",
        "t9"."employer_id",
        IIF("t9"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t9"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t9"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t9"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t9"
        ON "t9"."valid_from" <= "t4"."day"
        AND (
          (
            "t9"."valid_to" IS NULL
          ) OR (
            "t9"."valid_to" > "t4"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t10"."entry_id"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
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
            "t4"."day" = "t13"."day" AND "t9"."union_id" = "t13"."entry_id"
        )
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t18"
    ON "t15"."day" = "t18"."day" AND "t15"."entity_id" = "t18"."employer_id"
) AS "t19"
GROUP BY
  1,
  2

-- name: covered.sums.known
SELECT
  "t16"."leaf_id",
  "t16"."day",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t16"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    "t16"."mode_0" = 1) AS "coverage.units.own",
  COUNT(*) FILTER(WHERE
    "t16"."mode_1" = 1) AS "coverage.units.joint",
  COUNT(*) FILTER(WHERE
    "t16"."mode_2" = 1) AS "coverage.units.federation",
  COUNT(*) FILTER(WHERE
    "t16"."mode_3" = 1) AS "coverage.units.branch",
  COUNT(*) FILTER(WHERE
    "t16"."modes" >= 2) AS "coverage.units.overlap",
  COUNT(*) FILTER(WHERE
    (
      "t16"."nature" = '企业'
    ) AND (
      "t16"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t16"."staff" AS INTEGER)) AS "coverage.staff"
FROM (
  SELECT
    "t12"."day",
    "t12"."code",
    "t12"."name",
    "t12"."nature",
    "t12"."staff",
    "t12"."entity_id",
    "t12"."leaf_id",
    "t15"."mode_0",
    "t15"."mode_1",
    "t15"."mode_2",
    "t15"."mode_3",
    "t15"."mode_0" + "t15"."mode_1" + "t15"."mode_2" + "t15"."mode_3" AS "modes"
  FROM (
    SELECT
      "t8"."day",
      "t8"."code",
      "t8"."name",
      "t8"."nature",
      "t8"."staff",
      "t8"."entry_id" AS "entity_id",
      "t8"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t5"."entry_id",
        "t5"."code",
        "t5"."name",
        "t5"."area_id",
        "t5"."nature",
        "t5"."staff",
        "t5"."status"
      FROM "days" AS "t4"
      INNER JOIN "employers_employerversion" AS "t5"
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
    ) AS "t8"
    WHERE
      "t8"."status" = '在业'
  ) AS "t12"
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."employer_id",
      MAX("t13"."mode_0") AS "mode_0",
      MAX("t13"."mode_1") AS "mode_1",
      MAX("t13"."mode_2") AS "mode_2",
      MAX("t13"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t4"."day",
        "t6"."employer_id",
        IIF("t6"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t6"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t6"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t6"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t4"
      INNER JOIN "unions_coverageversion" AS "t6"
        ON "t6"."valid_from" <= "t4"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t4"."day"
          )
        )
        AND "t6"."added_in" <= "t4"."known"
        AND (
          (
            "t6"."removed_in" IS NULL
          ) OR (
            "t6"."removed_in" > "t4"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id"
            FROM "days" AS "t4"
            INNER JOIN "unions_unionversion" AS "t7"
              ON "t7"."valid_from" <= "t4"."day"
              AND (
                (
                  "t7"."valid_to" IS NULL
                ) OR (
                  "t7"."valid_to" > "t4"."day"
                )
              )
              AND "t7"."added_in" <= "t4"."known"
              AND (
                (
                  "t7"."removed_in" IS NULL
                ) OR (
                  "t7"."removed_in" > "t4"."known"
                )
              )
          ) AS "t10"
          WHERE
            "t4"."day" = "t10"."day" AND "t6"."union_id" = "t10"."entry_id"
        )
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t12"."day" = "t15"."day" AND "t12"."entity_id" = "t15"."employer_id"
) AS "t16"
GROUP BY
  1,
  2

-- name: covered.sums.now.affiliation
WITH "t6" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t24"."leaf_id",
  "t24"."day",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t24"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    "t24"."mode_0" = 1) AS "coverage.units.own",
  COUNT(*) FILTER(WHERE
    "t24"."mode_1" = 1) AS "coverage.units.joint",
  COUNT(*) FILTER(WHERE
    "t24"."mode_2" = 1) AS "coverage.units.federation",
  COUNT(*) FILTER(WHERE
    "t24"."mode_3" = 1) AS "coverage.units.branch",
  COUNT(*) FILTER(WHERE
    "t24"."modes" >= 2) AS "coverage.units.overlap",
  COUNT(*) FILTER(WHERE
    (
      "t24"."nature" = '企业'
    ) AND (
      "t24"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t24"."staff" AS INTEGER)) AS "coverage.staff"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."nature",
    "t19"."staff",
    "t19"."entity_id",
    "t19"."leaf_id",
    "t23"."mode_0",
    "t23"."mode_1",
    "t23"."mode_2",
    "t23"."mode_3",
    "t23"."mode_0" + "t23"."mode_1" + "t23"."mode_2" + "t23"."mode_3" AS "modes"
  FROM (
    SELECT
      "t16"."day",
      "t16"."code",
      "t16"."name",
      "t16"."nature",
      "t16"."staff",
      "t16"."entry_id" AS "entity_id",
      "t16"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t11"."entry_id",
        "t11"."code",
        "t11"."name",
        "t11"."area_id",
        "t11"."nature",
        "t11"."staff",
        "t11"."status"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t11"
        ON "t11"."valid_from" <= "t5"."day"
        AND (
          (
            "t11"."valid_to" IS NULL
          ) OR (
            "t11"."valid_to" > "t5"."day"
          )
        )
    ) AS "t16"
    WHERE
      "t16"."status" = '在业'
  ) AS "t19"
  INNER JOIN (
    SELECT
      "t21"."day",
      "t21"."employer_id",
      MAX("t21"."mode_0") AS "mode_0",
      MAX("t21"."mode_1") AS "mode_1",
      MAX("t21"."mode_2") AS "mode_2",
      MAX("t21"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t5"."day",
        "t14"."employer_id",
        IIF("t14"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t14"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t14"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t14"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_coverageversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t8"
        WHERE
          "t8"."union_id" IN (
            SELECT
              *
            FROM "t6"
          )
      ) AS "t14"
        ON "t14"."valid_from" <= "t5"."day"
        AND (
          (
            "t14"."valid_to" IS NULL
          ) OR (
            "t14"."valid_to" > "t5"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t15"."entry_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "unions_unionversion" AS "t4"
                WHERE
                  "t4"."removed_in" IS NULL
              ) AS "t10"
              WHERE
                "t10"."entry_id" IN (
                  SELECT
                    *
                  FROM "t6"
                )
            ) AS "t15"
              ON "t15"."valid_from" <= "t5"."day"
              AND (
                (
                  "t15"."valid_to" IS NULL
                ) OR (
                  "t15"."valid_to" > "t5"."day"
                )
              )
          ) AS "t20"
          WHERE
            "t5"."day" = "t20"."day" AND "t14"."union_id" = "t20"."entry_id"
        )
    ) AS "t21"
    GROUP BY
      1,
      2
  ) AS "t23"
    ON "t19"."day" = "t23"."day" AND "t19"."entity_id" = "t23"."employer_id"
) AS "t24"
GROUP BY
  1,
  2

-- name: covered.sums.known.affiliation
WITH "t7" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t21"."leaf_id",
  "t21"."day",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t21"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    "t21"."mode_0" = 1) AS "coverage.units.own",
  COUNT(*) FILTER(WHERE
    "t21"."mode_1" = 1) AS "coverage.units.joint",
  COUNT(*) FILTER(WHERE
    "t21"."mode_2" = 1) AS "coverage.units.federation",
  COUNT(*) FILTER(WHERE
    "t21"."mode_3" = 1) AS "coverage.units.branch",
  COUNT(*) FILTER(WHERE
    "t21"."modes" >= 2) AS "coverage.units.overlap",
  COUNT(*) FILTER(WHERE
    (
      "t21"."nature" = '企业'
    ) AND (
      "t21"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t21"."staff" AS INTEGER)) AS "coverage.staff"
FROM (
  SELECT
    "t15"."day",
    "t15"."code",
    "t15"."name",
    "t15"."nature",
    "t15"."staff",
    "t15"."entity_id",
    "t15"."leaf_id",
    "t20"."mode_0",
    "t20"."mode_1",
    "t20"."mode_2",
    "t20"."mode_3",
    "t20"."mode_0" + "t20"."mode_1" + "t20"."mode_2" + "t20"."mode_3" AS "modes"
  FROM (
    SELECT
      "t11"."day",
      "t11"."code",
      "t11"."name",
      "t11"."nature",
      "t11"."staff",
      "t11"."entry_id" AS "entity_id",
      "t11"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t6"."entry_id",
        "t6"."code",
        "t6"."name",
        "t6"."area_id",
        "t6"."nature",
        "t6"."staff",
        "t6"."status"
      FROM "days" AS "t5"
      INNER JOIN "employers_employerversion" AS "t6"
        ON "t6"."valid_from" <= "t5"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t5"."day"
          )
        )
        AND "t6"."added_in" <= "t5"."known"
        AND (
          (
            "t6"."removed_in" IS NULL
          ) OR (
            "t6"."removed_in" > "t5"."known"
          )
        )
    ) AS "t11"
    WHERE
      "t11"."status" = '在业'
  ) AS "t15"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."mode_0") AS "mode_0",
      MAX("t18"."mode_1") AS "mode_1",
      MAX("t18"."mode_2") AS "mode_2",
      MAX("t18"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t5"."day",
        "t12"."employer_id",
        IIF("t12"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t12"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t12"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t12"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t2"
        WHERE
          "t2"."union_id" IN (
            SELECT
              *
            FROM "t7"
          )
      ) AS "t12"
        ON "t12"."valid_from" <= "t5"."day"
        AND (
          (
            "t12"."valid_to" IS NULL
          ) OR (
            "t12"."valid_to" > "t5"."day"
          )
        )
        AND "t12"."added_in" <= "t5"."known"
        AND (
          (
            "t12"."removed_in" IS NULL
          ) OR (
            "t12"."removed_in" > "t5"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t13"."entry_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t4"
              WHERE
                "t4"."entry_id" IN (
                  SELECT
                    *
                  FROM "t7"
                )
            ) AS "t13"
              ON "t13"."valid_from" <= "t5"."day"
              AND (
                (
                  "t13"."valid_to" IS NULL
                ) OR (
                  "t13"."valid_to" > "t5"."day"
                )
              )
              AND "t13"."added_in" <= "t5"."known"
              AND (
                (
                  "t13"."removed_in" IS NULL
                ) OR (
                  "t13"."removed_in" > "t5"."known"
                )
              )
          ) AS "t17"
          WHERE
            "t5"."day" = "t17"."day" AND "t12"."union_id" = "t17"."entry_id"
        )
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t15"."day" = "t20"."day" AND "t15"."entity_id" = "t20"."employer_id"
) AS "t21"
GROUP BY
  1,
  2

-- name: covered.rows.now
SELECT
  "t19"."day",
  "t19"."entity_id",
  "t19"."leaf_id",
  "t19"."code" AS "key",
  "t19"."name",
  CAST(1 AS INTEGER) AS "coverage.units",
  IIF("t19"."nature" = '企业', CAST(1 AS INTEGER), NULL) AS "coverage.enterprises",
  IIF("t19"."mode_0" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.own",
  IIF("t19"."mode_1" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.joint",
  IIF("t19"."mode_2" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.federation",
  IIF("t19"."mode_3" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.branch",
  IIF("t19"."modes" >= 2, CAST(1 AS INTEGER), NULL) AS "coverage.units.overlap",
  IIF((
    "t19"."nature" = '企业'
  ) AND (
    "t19"."staff" >= 100
  ), CAST(1 AS INTEGER), NULL) AS "coverage.over100",
  CAST("t19"."staff" AS INTEGER) AS "coverage.staff"
FROM (
  SELECT
    "t15"."day",
    "t15"."code",
    "t15"."name",
    "t15"."nature",
    "t15"."staff",
    "t15"."entity_id",
    "t15"."leaf_id",
    "t18"."mode_0",
    "t18"."mode_1",
    "t18"."mode_2",
    "t18"."mode_3",
    "t18"."mode_0" + "t18"."mode_1" + "t18"."mode_2" + "t18"."mode_3" AS "modes"
  FROM (
    SELECT
      "t11"."day",
      "t11"."code",
      "t11"."name",
      "t11"."nature",
      "t11"."staff",
      "t11"."entry_id" AS "entity_id",
      "t11"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t8"."entry_id",
        "t8"."code",
        "t8"."name",
        "t8"."area_id",
        "t8"."nature",
        "t8"."staff",
        "t8"."status"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
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
    WHERE
      "t11"."status" = '在业'
  ) AS "t15"
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."employer_id",
      MAX("t16"."mode_0") AS "mode_0",
      MAX("t16"."mode_1") AS "mode_1",
      MAX("t16"."mode_2") AS "mode_2",
      MAX("t16"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t4"."day",
        "t9"."employer_id",
        IIF("t9"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t9"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t9"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t9"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t9"
        ON "t9"."valid_from" <= "t4"."day"
        AND (
          (
            "t9"."valid_to" IS NULL
          ) OR (
            "t9"."valid_to" > "t4"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t10"."entry_id"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
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
            "t4"."day" = "t13"."day" AND "t9"."union_id" = "t13"."entry_id"
        )
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t18"
    ON "t15"."day" = "t18"."day" AND "t15"."entity_id" = "t18"."employer_id"
) AS "t19"

-- name: covered.rows.known
SELECT
  "t16"."day",
  "t16"."entity_id",
  "t16"."leaf_id",
  "t16"."code" AS "key",
  "t16"."name",
  CAST(1 AS INTEGER) AS "coverage.units",
  IIF("t16"."nature" = '企业', CAST(1 AS INTEGER), NULL) AS "coverage.enterprises",
  IIF("t16"."mode_0" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.own",
  IIF("t16"."mode_1" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.joint",
  IIF("t16"."mode_2" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.federation",
  IIF("t16"."mode_3" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.branch",
  IIF("t16"."modes" >= 2, CAST(1 AS INTEGER), NULL) AS "coverage.units.overlap",
  IIF((
    "t16"."nature" = '企业'
  ) AND (
    "t16"."staff" >= 100
  ), CAST(1 AS INTEGER), NULL) AS "coverage.over100",
  CAST("t16"."staff" AS INTEGER) AS "coverage.staff"
FROM (
  SELECT
    "t12"."day",
    "t12"."code",
    "t12"."name",
    "t12"."nature",
    "t12"."staff",
    "t12"."entity_id",
    "t12"."leaf_id",
    "t15"."mode_0",
    "t15"."mode_1",
    "t15"."mode_2",
    "t15"."mode_3",
    "t15"."mode_0" + "t15"."mode_1" + "t15"."mode_2" + "t15"."mode_3" AS "modes"
  FROM (
    SELECT
      "t8"."day",
      "t8"."code",
      "t8"."name",
      "t8"."nature",
      "t8"."staff",
      "t8"."entry_id" AS "entity_id",
      "t8"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t5"."entry_id",
        "t5"."code",
        "t5"."name",
        "t5"."area_id",
        "t5"."nature",
        "t5"."staff",
        "t5"."status"
      FROM "days" AS "t4"
      INNER JOIN "employers_employerversion" AS "t5"
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
    ) AS "t8"
    WHERE
      "t8"."status" = '在业'
  ) AS "t12"
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."employer_id",
      MAX("t13"."mode_0") AS "mode_0",
      MAX("t13"."mode_1") AS "mode_1",
      MAX("t13"."mode_2") AS "mode_2",
      MAX("t13"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t4"."day",
        "t6"."employer_id",
        IIF("t6"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t6"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t6"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t6"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t4"
      INNER JOIN "unions_coverageversion" AS "t6"
        ON "t6"."valid_from" <= "t4"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t4"."day"
          )
        )
        AND "t6"."added_in" <= "t4"."known"
        AND (
          (
            "t6"."removed_in" IS NULL
          ) OR (
            "t6"."removed_in" > "t4"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id"
            FROM "days" AS "t4"
            INNER JOIN "unions_unionversion" AS "t7"
              ON "t7"."valid_from" <= "t4"."day"
              AND (
                (
                  "t7"."valid_to" IS NULL
                ) OR (
                  "t7"."valid_to" > "t4"."day"
                )
              )
              AND "t7"."added_in" <= "t4"."known"
              AND (
                (
                  "t7"."removed_in" IS NULL
                ) OR (
                  "t7"."removed_in" > "t4"."known"
                )
              )
          ) AS "t10"
          WHERE
            "t4"."day" = "t10"."day" AND "t6"."union_id" = "t10"."entry_id"
        )
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t12"."day" = "t15"."day" AND "t12"."entity_id" = "t15"."employer_id"
) AS "t16"

-- name: covered.rows.now.entities
WITH "t6" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t24"."day",
  "t24"."entity_id",
  "t24"."leaf_id",
  "t24"."code" AS "key",
  "t24"."name",
  CAST(1 AS INTEGER) AS "coverage.units",
  IIF("t24"."nature" = '企业', CAST(1 AS INTEGER), NULL) AS "coverage.enterprises",
  IIF("t24"."mode_0" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.own",
  IIF("t24"."mode_1" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.joint",
  IIF("t24"."mode_2" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.federation",
  IIF("t24"."mode_3" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.branch",
  IIF("t24"."modes" >= 2, CAST(1 AS INTEGER), NULL) AS "coverage.units.overlap",
  IIF((
    "t24"."nature" = '企业'
  ) AND (
    "t24"."staff" >= 100
  ), CAST(1 AS INTEGER), NULL) AS "coverage.over100",
  CAST("t24"."staff" AS INTEGER) AS "coverage.staff"
FROM (
  SELECT
    "t21"."day",
    "t21"."code",
    "t21"."name",
    "t21"."nature",
    "t21"."staff",
    "t21"."entity_id",
    "t21"."leaf_id",
    "t23"."mode_0",
    "t23"."mode_1",
    "t23"."mode_2",
    "t23"."mode_3",
    "t23"."mode_0" + "t23"."mode_1" + "t23"."mode_2" + "t23"."mode_3" AS "modes"
  FROM (
    SELECT
      "t18"."day",
      "t18"."code",
      "t18"."name",
      "t18"."nature",
      "t18"."staff",
      "t18"."entry_id" AS "entity_id",
      "t18"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t14"."entry_id",
        "t14"."code",
        "t14"."name",
        "t14"."area_id",
        "t14"."nature",
        "t14"."staff",
        "t14"."status"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "employers_employerversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t7"
        WHERE
          "t7"."entry_id" IN (
            SELECT
              *
            FROM "t6"
          )
      ) AS "t14"
        ON "t14"."valid_from" <= "t5"."day"
        AND (
          (
            "t14"."valid_to" IS NULL
          ) OR (
            "t14"."valid_to" > "t5"."day"
          )
        )
    ) AS "t18"
    WHERE
      "t18"."status" = '在业'
  ) AS "t21"
  INNER JOIN (
    SELECT
      "t19"."day",
      "t19"."employer_id",
      MAX("t19"."mode_0") AS "mode_0",
      MAX("t19"."mode_1") AS "mode_1",
      MAX("t19"."mode_2") AS "mode_2",
      MAX("t19"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t5"."day",
        "t15"."employer_id",
        IIF("t15"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t15"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t15"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t15"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_coverageversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t8"
        WHERE
          "t8"."employer_id" IN (
            SELECT
              *
            FROM "t6"
          )
      ) AS "t15"
        ON "t15"."valid_from" <= "t5"."day"
        AND (
          (
            "t15"."valid_to" IS NULL
          ) OR (
            "t15"."valid_to" > "t5"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t11"."entry_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t4"
              WHERE
                "t4"."removed_in" IS NULL
            ) AS "t11"
              ON "t11"."valid_from" <= "t5"."day"
              AND (
                (
                  "t11"."valid_to" IS NULL
                ) OR (
                  "t11"."valid_to" > "t5"."day"
                )
              )
          ) AS "t17"
          WHERE
            "t5"."day" = "t17"."day" AND "t15"."union_id" = "t17"."entry_id"
        )
    ) AS "t19"
    GROUP BY
      1,
      2
  ) AS "t23"
    ON "t21"."day" = "t23"."day" AND "t21"."entity_id" = "t23"."employer_id"
) AS "t24"

-- name: covered.rows.known.entities
WITH "t7" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t21"."day",
  "t21"."entity_id",
  "t21"."leaf_id",
  "t21"."code" AS "key",
  "t21"."name",
  CAST(1 AS INTEGER) AS "coverage.units",
  IIF("t21"."nature" = '企业', CAST(1 AS INTEGER), NULL) AS "coverage.enterprises",
  IIF("t21"."mode_0" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.own",
  IIF("t21"."mode_1" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.joint",
  IIF("t21"."mode_2" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.federation",
  IIF("t21"."mode_3" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.branch",
  IIF("t21"."modes" >= 2, CAST(1 AS INTEGER), NULL) AS "coverage.units.overlap",
  IIF((
    "t21"."nature" = '企业'
  ) AND (
    "t21"."staff" >= 100
  ), CAST(1 AS INTEGER), NULL) AS "coverage.over100",
  CAST("t21"."staff" AS INTEGER) AS "coverage.staff"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."nature",
    "t19"."staff",
    "t19"."entity_id",
    "t19"."leaf_id",
    "t20"."mode_0",
    "t20"."mode_1",
    "t20"."mode_2",
    "t20"."mode_3",
    "t20"."mode_0" + "t20"."mode_1" + "t20"."mode_2" + "t20"."mode_3" AS "modes"
  FROM (
    SELECT
      "t15"."day",
      "t15"."code",
      "t15"."name",
      "t15"."nature",
      "t15"."staff",
      "t15"."entry_id" AS "entity_id",
      "t15"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t11"."entry_id",
        "t11"."code",
        "t11"."name",
        "t11"."area_id",
        "t11"."nature",
        "t11"."staff",
        "t11"."status"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."entry_id" IN (
            SELECT
              *
            FROM "t7"
          )
      ) AS "t11"
        ON "t11"."valid_from" <= "t5"."day"
        AND (
          (
            "t11"."valid_to" IS NULL
          ) OR (
            "t11"."valid_to" > "t5"."day"
          )
        )
        AND "t11"."added_in" <= "t5"."known"
        AND (
          (
            "t11"."removed_in" IS NULL
          ) OR (
            "t11"."removed_in" > "t5"."known"
          )
        )
    ) AS "t15"
    WHERE
      "t15"."status" = '在业'
  ) AS "t19"
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."employer_id",
      MAX("t16"."mode_0") AS "mode_0",
      MAX("t16"."mode_1") AS "mode_1",
      MAX("t16"."mode_2") AS "mode_2",
      MAX("t16"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t5"."day",
        "t12"."employer_id",
        IIF("t12"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t12"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t12"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t12"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t2"
        WHERE
          "t2"."employer_id" IN (
            SELECT
              *
            FROM "t7"
          )
      ) AS "t12"
        ON "t12"."valid_from" <= "t5"."day"
        AND (
          (
            "t12"."valid_to" IS NULL
          ) OR (
            "t12"."valid_to" > "t5"."day"
          )
        )
        AND "t12"."added_in" <= "t5"."known"
        AND (
          (
            "t12"."removed_in" IS NULL
          ) OR (
            "t12"."removed_in" > "t5"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t6"."entry_id"
            FROM "days" AS "t5"
            INNER JOIN "unions_unionversion" AS "t6"
              ON "t6"."valid_from" <= "t5"."day"
              AND (
                (
                  "t6"."valid_to" IS NULL
                ) OR (
                  "t6"."valid_to" > "t5"."day"
                )
              )
              AND "t6"."added_in" <= "t5"."known"
              AND (
                (
                  "t6"."removed_in" IS NULL
                ) OR (
                  "t6"."removed_in" > "t5"."known"
                )
              )
          ) AS "t14"
          WHERE
            "t5"."day" = "t14"."day" AND "t12"."union_id" = "t14"."entry_id"
        )
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t19"."day" = "t20"."day" AND "t19"."entity_id" = "t20"."employer_id"
) AS "t21"

-- name: covered.rows.now.affiliation
WITH "t6" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t24"."day",
  "t24"."entity_id",
  "t24"."leaf_id",
  "t24"."code" AS "key",
  "t24"."name",
  CAST(1 AS INTEGER) AS "coverage.units",
  IIF("t24"."nature" = '企业', CAST(1 AS INTEGER), NULL) AS "coverage.enterprises",
  IIF("t24"."mode_0" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.own",
  IIF("t24"."mode_1" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.joint",
  IIF("t24"."mode_2" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.federation",
  IIF("t24"."mode_3" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.branch",
  IIF("t24"."modes" >= 2, CAST(1 AS INTEGER), NULL) AS "coverage.units.overlap",
  IIF((
    "t24"."nature" = '企业'
  ) AND (
    "t24"."staff" >= 100
  ), CAST(1 AS INTEGER), NULL) AS "coverage.over100",
  CAST("t24"."staff" AS INTEGER) AS "coverage.staff"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."nature",
    "t19"."staff",
    "t19"."entity_id",
    "t19"."leaf_id",
    "t23"."mode_0",
    "t23"."mode_1",
    "t23"."mode_2",
    "t23"."mode_3",
    "t23"."mode_0" + "t23"."mode_1" + "t23"."mode_2" + "t23"."mode_3" AS "modes"
  FROM (
    SELECT
      "t16"."day",
      "t16"."code",
      "t16"."name",
      "t16"."nature",
      "t16"."staff",
      "t16"."entry_id" AS "entity_id",
      "t16"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t11"."entry_id",
        "t11"."code",
        "t11"."name",
        "t11"."area_id",
        "t11"."nature",
        "t11"."staff",
        "t11"."status"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t11"
        ON "t11"."valid_from" <= "t5"."day"
        AND (
          (
            "t11"."valid_to" IS NULL
          ) OR (
            "t11"."valid_to" > "t5"."day"
          )
        )
    ) AS "t16"
    WHERE
      "t16"."status" = '在业'
  ) AS "t19"
  INNER JOIN (
    SELECT
      "t21"."day",
      "t21"."employer_id",
      MAX("t21"."mode_0") AS "mode_0",
      MAX("t21"."mode_1") AS "mode_1",
      MAX("t21"."mode_2") AS "mode_2",
      MAX("t21"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t5"."day",
        "t14"."employer_id",
        IIF("t14"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t14"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t14"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t14"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_coverageversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t8"
        WHERE
          "t8"."union_id" IN (
            SELECT
              *
            FROM "t6"
          )
      ) AS "t14"
        ON "t14"."valid_from" <= "t5"."day"
        AND (
          (
            "t14"."valid_to" IS NULL
          ) OR (
            "t14"."valid_to" > "t5"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t15"."entry_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "unions_unionversion" AS "t4"
                WHERE
                  "t4"."removed_in" IS NULL
              ) AS "t10"
              WHERE
                "t10"."entry_id" IN (
                  SELECT
                    *
                  FROM "t6"
                )
            ) AS "t15"
              ON "t15"."valid_from" <= "t5"."day"
              AND (
                (
                  "t15"."valid_to" IS NULL
                ) OR (
                  "t15"."valid_to" > "t5"."day"
                )
              )
          ) AS "t20"
          WHERE
            "t5"."day" = "t20"."day" AND "t14"."union_id" = "t20"."entry_id"
        )
    ) AS "t21"
    GROUP BY
      1,
      2
  ) AS "t23"
    ON "t19"."day" = "t23"."day" AND "t19"."entity_id" = "t23"."employer_id"
) AS "t24"

-- name: covered.rows.known.affiliation
WITH "t7" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t21"."day",
  "t21"."entity_id",
  "t21"."leaf_id",
  "t21"."code" AS "key",
  "t21"."name",
  CAST(1 AS INTEGER) AS "coverage.units",
  IIF("t21"."nature" = '企业', CAST(1 AS INTEGER), NULL) AS "coverage.enterprises",
  IIF("t21"."mode_0" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.own",
  IIF("t21"."mode_1" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.joint",
  IIF("t21"."mode_2" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.federation",
  IIF("t21"."mode_3" = 1, CAST(1 AS INTEGER), NULL) AS "coverage.units.branch",
  IIF("t21"."modes" >= 2, CAST(1 AS INTEGER), NULL) AS "coverage.units.overlap",
  IIF((
    "t21"."nature" = '企业'
  ) AND (
    "t21"."staff" >= 100
  ), CAST(1 AS INTEGER), NULL) AS "coverage.over100",
  CAST("t21"."staff" AS INTEGER) AS "coverage.staff"
FROM (
  SELECT
    "t15"."day",
    "t15"."code",
    "t15"."name",
    "t15"."nature",
    "t15"."staff",
    "t15"."entity_id",
    "t15"."leaf_id",
    "t20"."mode_0",
    "t20"."mode_1",
    "t20"."mode_2",
    "t20"."mode_3",
    "t20"."mode_0" + "t20"."mode_1" + "t20"."mode_2" + "t20"."mode_3" AS "modes"
  FROM (
    SELECT
      "t11"."day",
      "t11"."code",
      "t11"."name",
      "t11"."nature",
      "t11"."staff",
      "t11"."entry_id" AS "entity_id",
      "t11"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t6"."entry_id",
        "t6"."code",
        "t6"."name",
        "t6"."area_id",
        "t6"."nature",
        "t6"."staff",
        "t6"."status"
      FROM "days" AS "t5"
      INNER JOIN "employers_employerversion" AS "t6"
        ON "t6"."valid_from" <= "t5"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t5"."day"
          )
        )
        AND "t6"."added_in" <= "t5"."known"
        AND (
          (
            "t6"."removed_in" IS NULL
          ) OR (
            "t6"."removed_in" > "t5"."known"
          )
        )
    ) AS "t11"
    WHERE
      "t11"."status" = '在业'
  ) AS "t15"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."mode_0") AS "mode_0",
      MAX("t18"."mode_1") AS "mode_1",
      MAX("t18"."mode_2") AS "mode_2",
      MAX("t18"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t5"."day",
        "t12"."employer_id",
        IIF("t12"."mode" = '单独', 1, 0) AS "mode_0",
        IIF("t12"."mode" = '联合', 1, 0) AS "mode_1",
        IIF("t12"."mode" = '联合会', 1, 0) AS "mode_2",
        IIF("t12"."mode" = '分会', 1, 0) AS "mode_3"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t2"
        WHERE
          "t2"."union_id" IN (
            SELECT
              *
            FROM "t7"
          )
      ) AS "t12"
        ON "t12"."valid_from" <= "t5"."day"
        AND (
          (
            "t12"."valid_to" IS NULL
          ) OR (
            "t12"."valid_to" > "t5"."day"
          )
        )
        AND "t12"."added_in" <= "t5"."known"
        AND (
          (
            "t12"."removed_in" IS NULL
          ) OR (
            "t12"."removed_in" > "t5"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t13"."entry_id"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t4"
              WHERE
                "t4"."entry_id" IN (
                  SELECT
                    *
                  FROM "t7"
                )
            ) AS "t13"
              ON "t13"."valid_from" <= "t5"."day"
              AND (
                (
                  "t13"."valid_to" IS NULL
                ) OR (
                  "t13"."valid_to" > "t5"."day"
                )
              )
              AND "t13"."added_in" <= "t5"."known"
              AND (
                (
                  "t13"."removed_in" IS NULL
                ) OR (
                  "t13"."removed_in" > "t5"."known"
                )
              )
          ) AS "t17"
          WHERE
            "t5"."day" = "t17"."day" AND "t12"."union_id" = "t17"."entry_id"
        )
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t15"."day" = "t20"."day" AND "t15"."entity_id" = "t20"."employer_id"
) AS "t21"

-- name: covered.reads
coverage employer_id mode union_id
employers area_id code name nature staff status
unions

-- name: unions.sums.now
SELECT
  "t6"."leaf_id",
  "t6"."day",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base",
  COUNT(*) FILTER(WHERE
    "t6"."kind" = '联合基层工会') AS "unions.joint",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('区域性工会联合会', '行业性工会联合会')) AS "unions.federations",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t6"."elected_on", "t6"."opened")) AS INTEGER) + CAST(COALESCE("t6"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t6"."elected_on", "t6"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t6"."elected_on", "t6"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t6"."elected_on", "t6"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t6"."elected_on", "t6"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t6"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t6"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t6"."day") AS INTEGER)
      )
    )) AS "unions.overdue"
FROM (
  SELECT
    "t5"."day",
    "t5"."year_from",
    "t5"."ago_15",
    "t5"."entry_id" AS "entity_id",
    "t5"."code",
    "t5"."name",
    "t5"."kind",
    "t5"."area_id" AS "leaf_id",
    "t5"."opened",
    "t5"."elected_on",
    "t5"."term_years"
  FROM (
    SELECT
      "t2"."day",
      "t2"."year_from",
      "t2"."ago_15",
      "t4"."entry_id",
      "t4"."code",
      "t4"."name",
      "t4"."kind",
      "t4"."area_id",
      "t4"."opened",
      "t4"."elected_on",
      "t4"."term_years"
    FROM "days" AS "t2"
    INNER JOIN (
      SELECT
        *
      FROM "unions_unionversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t4"
      ON "t4"."valid_from" <= "t2"."day"
      AND (
        (
          "t4"."valid_to" IS NULL
        ) OR (
          "t4"."valid_to" > "t2"."day"
        )
      )
  ) AS "t5"
) AS "t6"
GROUP BY
  1,
  2

-- name: unions.sums.known
SELECT
  "t5"."leaf_id",
  "t5"."day",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base",
  COUNT(*) FILTER(WHERE
    "t5"."kind" = '联合基层工会') AS "unions.joint",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('区域性工会联合会', '行业性工会联合会')) AS "unions.federations",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER) + CAST(COALESCE("t5"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t5"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t5"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t5"."day") AS INTEGER)
      )
    )) AS "unions.overdue"
FROM (
  SELECT
    "t4"."day",
    "t4"."year_from",
    "t4"."ago_15",
    "t4"."entry_id" AS "entity_id",
    "t4"."code",
    "t4"."name",
    "t4"."kind",
    "t4"."area_id" AS "leaf_id",
    "t4"."opened",
    "t4"."elected_on",
    "t4"."term_years"
  FROM (
    SELECT
      "t2"."day",
      "t2"."year_from",
      "t2"."ago_15",
      "t3"."entry_id",
      "t3"."code",
      "t3"."name",
      "t3"."kind",
      "t3"."area_id",
      "t3"."opened",
      "t3"."elected_on",
      "t3"."term_years"
    FROM "days" AS "t2"
    INNER JOIN "unions_unionversion" AS "t3"
      ON "t3"."valid_from" <= "t2"."day"
      AND (
        (
          "t3"."valid_to" IS NULL
        ) OR (
          "t3"."valid_to" > "t2"."day"
        )
      )
      AND "t3"."added_in" <= "t2"."known"
      AND (
        (
          "t3"."removed_in" IS NULL
        ) OR (
          "t3"."removed_in" > "t2"."known"
        )
      )
  ) AS "t4"
) AS "t5"
GROUP BY
  1,
  2

-- name: unions.sums.now.affiliation
SELECT
  "t9"."leaf_id",
  "t9"."day",
  COUNT(*) FILTER(WHERE
    "t9"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base",
  COUNT(*) FILTER(WHERE
    "t9"."kind" = '联合基层工会') AS "unions.joint",
  COUNT(*) FILTER(WHERE
    "t9"."kind" IN ('区域性工会联合会', '行业性工会联合会')) AS "unions.federations",
  COUNT(*) FILTER(WHERE
    "t9"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t9"."elected_on", "t9"."opened")) AS INTEGER) + CAST(COALESCE("t9"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t9"."elected_on", "t9"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t9"."elected_on", "t9"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t9"."elected_on", "t9"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t9"."elected_on", "t9"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t9"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t9"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t9"."day") AS INTEGER)
      )
    )) AS "unions.overdue"
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
      "t7"."entry_id",
      "t7"."code",
      "t7"."name",
      "t7"."kind",
      "t7"."area_id",
      "t7"."opened",
      "t7"."elected_on",
      "t7"."term_years"
    FROM "days" AS "t3"
    INNER JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM "unions_unionversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t5"
      WHERE
        "t5"."entry_id" IN (
          SELECT
            *
          FROM "chosen" AS "t2"
        )
    ) AS "t7"
      ON "t7"."valid_from" <= "t3"."day"
      AND (
        (
          "t7"."valid_to" IS NULL
        ) OR (
          "t7"."valid_to" > "t3"."day"
        )
      )
  ) AS "t8"
) AS "t9"
GROUP BY
  1,
  2

-- name: unions.sums.known.affiliation
SELECT
  "t8"."leaf_id",
  "t8"."day",
  COUNT(*) FILTER(WHERE
    "t8"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base",
  COUNT(*) FILTER(WHERE
    "t8"."kind" = '联合基层工会') AS "unions.joint",
  COUNT(*) FILTER(WHERE
    "t8"."kind" IN ('区域性工会联合会', '行业性工会联合会')) AS "unions.federations",
  COUNT(*) FILTER(WHERE
    "t8"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) + CAST(COALESCE("t8"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t8"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t8"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t8"."day") AS INTEGER)
      )
    )) AS "unions.overdue"
FROM (
  SELECT
    "t7"."day",
    "t7"."year_from",
    "t7"."ago_15",
    "t7"."entry_id" AS "entity_id",
    "t7"."code",
    "t7"."name",
    "t7"."kind",
    "t7"."area_id" AS "leaf_id",
    "t7"."opened",
    "t7"."elected_on",
    "t7"."term_years"
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
        "t1"."entry_id" IN (
          SELECT
            *
          FROM "chosen" AS "t2"
        )
    ) AS "t6"
      ON "t6"."valid_from" <= "t3"."day"
      AND (
        (
          "t6"."valid_to" IS NULL
        ) OR (
          "t6"."valid_to" > "t3"."day"
        )
      )
      AND "t6"."added_in" <= "t3"."known"
      AND (
        (
          "t6"."removed_in" IS NULL
        ) OR (
          "t6"."removed_in" > "t3"."known"
        )
      )
  ) AS "t7"
) AS "t8"
GROUP BY
  1,
  2

-- name: unions.rows.now
SELECT
  "t5"."day",
  "t5"."entry_id" AS "entity_id",
  "t5"."area_id" AS "leaf_id",
  "t5"."code" AS "key",
  "t5"."name",
  IIF("t5"."kind" IN ('单独基层工会', '联合基层工会'), CAST(1 AS INTEGER), NULL) AS "unions.base",
  IIF("t5"."kind" = '联合基层工会', CAST(1 AS INTEGER), NULL) AS "unions.joint",
  IIF("t5"."kind" IN ('区域性工会联合会', '行业性工会联合会'), CAST(1 AS INTEGER), NULL) AS "unions.federations",
  IIF(
    "t5"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER) + CAST(COALESCE("t5"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t5"."elected_on", "t5"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t5"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t5"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t5"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.overdue"
FROM (
  SELECT
    "t2"."day",
    "t2"."year_from",
    "t2"."ago_15",
    "t4"."entry_id",
    "t4"."code",
    "t4"."name",
    "t4"."kind",
    "t4"."area_id",
    "t4"."opened",
    "t4"."elected_on",
    "t4"."term_years"
  FROM "days" AS "t2"
  INNER JOIN (
    SELECT
      *
    FROM "unions_unionversion" AS "t1"
    WHERE
      "t1"."removed_in" IS NULL
  ) AS "t4"
    ON "t4"."valid_from" <= "t2"."day"
    AND (
      (
        "t4"."valid_to" IS NULL
      ) OR (
        "t4"."valid_to" > "t2"."day"
      )
    )
) AS "t5"

-- name: unions.rows.known
SELECT
  "t4"."day",
  "t4"."entry_id" AS "entity_id",
  "t4"."area_id" AS "leaf_id",
  "t4"."code" AS "key",
  "t4"."name",
  IIF("t4"."kind" IN ('单独基层工会', '联合基层工会'), CAST(1 AS INTEGER), NULL) AS "unions.base",
  IIF("t4"."kind" = '联合基层工会', CAST(1 AS INTEGER), NULL) AS "unions.joint",
  IIF("t4"."kind" IN ('区域性工会联合会', '行业性工会联合会'), CAST(1 AS INTEGER), NULL) AS "unions.federations",
  IIF(
    "t4"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t4"."elected_on", "t4"."opened")) AS INTEGER) + CAST(COALESCE("t4"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t4"."elected_on", "t4"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t4"."elected_on", "t4"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t4"."elected_on", "t4"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t4"."elected_on", "t4"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t4"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t4"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t4"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.overdue"
FROM (
  SELECT
    "t2"."day",
    "t2"."year_from",
    "t2"."ago_15",
    "t3"."entry_id",
    "t3"."code",
    "t3"."name",
    "t3"."kind",
    "t3"."area_id",
    "t3"."opened",
    "t3"."elected_on",
    "t3"."term_years"
  FROM "days" AS "t2"
  INNER JOIN "unions_unionversion" AS "t3"
    ON "t3"."valid_from" <= "t2"."day"
    AND (
      (
        "t3"."valid_to" IS NULL
      ) OR (
        "t3"."valid_to" > "t2"."day"
      )
    )
    AND "t3"."added_in" <= "t2"."known"
    AND (
      (
        "t3"."removed_in" IS NULL
      ) OR (
        "t3"."removed_in" > "t2"."known"
      )
    )
) AS "t4"

-- name: unions.rows.now.entities
SELECT
  "t8"."day",
  "t8"."entry_id" AS "entity_id",
  "t8"."area_id" AS "leaf_id",
  "t8"."code" AS "key",
  "t8"."name",
  IIF("t8"."kind" IN ('单独基层工会', '联合基层工会'), CAST(1 AS INTEGER), NULL) AS "unions.base",
  IIF("t8"."kind" = '联合基层工会', CAST(1 AS INTEGER), NULL) AS "unions.joint",
  IIF("t8"."kind" IN ('区域性工会联合会', '行业性工会联合会'), CAST(1 AS INTEGER), NULL) AS "unions.federations",
  IIF(
    "t8"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) + CAST(COALESCE("t8"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t8"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t8"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t8"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.overdue"
FROM (
  SELECT
    "t3"."day",
    "t3"."year_from",
    "t3"."ago_15",
    "t7"."entry_id",
    "t7"."code",
    "t7"."name",
    "t7"."kind",
    "t7"."area_id",
    "t7"."opened",
    "t7"."elected_on",
    "t7"."term_years"
  FROM "days" AS "t3"
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "unions_unionversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t5"
    WHERE
      "t5"."entry_id" IN (
        SELECT
          *
        FROM "chosen" AS "t2"
      )
  ) AS "t7"
    ON "t7"."valid_from" <= "t3"."day"
    AND (
      (
        "t7"."valid_to" IS NULL
      ) OR (
        "t7"."valid_to" > "t3"."day"
      )
    )
) AS "t8"

-- name: unions.rows.known.entities
SELECT
  "t7"."day",
  "t7"."entry_id" AS "entity_id",
  "t7"."area_id" AS "leaf_id",
  "t7"."code" AS "key",
  "t7"."name",
  IIF("t7"."kind" IN ('单独基层工会', '联合基层工会'), CAST(1 AS INTEGER), NULL) AS "unions.base",
  IIF("t7"."kind" = '联合基层工会', CAST(1 AS INTEGER), NULL) AS "unions.joint",
  IIF("t7"."kind" IN ('区域性工会联合会', '行业性工会联合会'), CAST(1 AS INTEGER), NULL) AS "unions.federations",
  IIF(
    "t7"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER) + CAST(COALESCE("t7"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t7"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t7"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t7"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.overdue"
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
      "t1"."entry_id" IN (
        SELECT
          *
        FROM "chosen" AS "t2"
      )
  ) AS "t6"
    ON "t6"."valid_from" <= "t3"."day"
    AND (
      (
        "t6"."valid_to" IS NULL
      ) OR (
        "t6"."valid_to" > "t3"."day"
      )
    )
    AND "t6"."added_in" <= "t3"."known"
    AND (
      (
        "t6"."removed_in" IS NULL
      ) OR (
        "t6"."removed_in" > "t3"."known"
      )
    )
) AS "t7"

-- name: unions.rows.now.affiliation
SELECT
  "t8"."day",
  "t8"."entry_id" AS "entity_id",
  "t8"."area_id" AS "leaf_id",
  "t8"."code" AS "key",
  "t8"."name",
  IIF("t8"."kind" IN ('单独基层工会', '联合基层工会'), CAST(1 AS INTEGER), NULL) AS "unions.base",
  IIF("t8"."kind" = '联合基层工会', CAST(1 AS INTEGER), NULL) AS "unions.joint",
  IIF("t8"."kind" IN ('区域性工会联合会', '行业性工会联合会'), CAST(1 AS INTEGER), NULL) AS "unions.federations",
  IIF(
    "t8"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) + CAST(COALESCE("t8"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t8"."elected_on", "t8"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t8"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t8"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t8"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.overdue"
FROM (
  SELECT
    "t3"."day",
    "t3"."year_from",
    "t3"."ago_15",
    "t7"."entry_id",
    "t7"."code",
    "t7"."name",
    "t7"."kind",
    "t7"."area_id",
    "t7"."opened",
    "t7"."elected_on",
    "t7"."term_years"
  FROM "days" AS "t3"
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "unions_unionversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t5"
    WHERE
      "t5"."entry_id" IN (
        SELECT
          *
        FROM "chosen" AS "t2"
      )
  ) AS "t7"
    ON "t7"."valid_from" <= "t3"."day"
    AND (
      (
        "t7"."valid_to" IS NULL
      ) OR (
        "t7"."valid_to" > "t3"."day"
      )
    )
) AS "t8"

-- name: unions.rows.known.affiliation
SELECT
  "t7"."day",
  "t7"."entry_id" AS "entity_id",
  "t7"."area_id" AS "leaf_id",
  "t7"."code" AS "key",
  "t7"."name",
  IIF("t7"."kind" IN ('单独基层工会', '联合基层工会'), CAST(1 AS INTEGER), NULL) AS "unions.base",
  IIF("t7"."kind" = '联合基层工会', CAST(1 AS INTEGER), NULL) AS "unions.joint",
  IIF("t7"."kind" IN ('区域性工会联合会', '行业性工会联合会'), CAST(1 AS INTEGER), NULL) AS "unions.federations",
  IIF(
    "t7"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            CAST(STRFTIME('%Y', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER) + CAST(COALESCE("t7"."term_years", 5) AS INTEGER)
          ) * 10000
        ) + IIF(
          (
            (
              CAST(STRFTIME('%m', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER) * 100
            ) + CAST(STRFTIME('%d', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER)
          ) = 229,
          228,
          (
            CAST(STRFTIME('%m', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER) * 100
          ) + CAST(STRFTIME('%d', COALESCE("t7"."elected_on", "t7"."opened")) AS INTEGER)
        )
      ) <= (
        (
          CAST(STRFTIME('%Y', "t7"."day") AS INTEGER) * 10000
        ) + (
          CAST(STRFTIME('%m', "t7"."day") AS INTEGER) * 100
        ) + CAST(STRFTIME('%d', "t7"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.overdue"
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
      "t1"."entry_id" IN (
        SELECT
          *
        FROM "chosen" AS "t2"
      )
  ) AS "t6"
    ON "t6"."valid_from" <= "t3"."day"
    AND (
      (
        "t6"."valid_to" IS NULL
      ) OR (
        "t6"."valid_to" > "t3"."day"
      )
    )
    AND "t6"."added_in" <= "t3"."known"
    AND (
      (
        "t6"."removed_in" IS NULL
      ) OR (
        "t6"."removed_in" > "t3"."known"
      )
    )
) AS "t7"

-- name: unions.reads
unions area_id code elected_on kind name opened term_years
