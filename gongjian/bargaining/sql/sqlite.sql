-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: agreements.sums.now
SELECT
  "t16"."day",
  "t16"."leaf_id",
  SUM("t16"."agreements.signed") AS "agreements.signed",
  SUM("t16"."agreements.signed.single") AS "agreements.signed.single",
  SUM("t16"."agreements.signed.regional") AS "agreements.signed.regional",
  SUM("t16"."agreements.signed.industry") AS "agreements.signed.industry",
  SUM("t16"."agreements.in_force") AS "agreements.in_force",
  SUM("t16"."agreements.in_force.single") AS "agreements.in_force.single",
  SUM("t16"."agreements.in_force.regional") AS "agreements.in_force.regional",
  SUM("t16"."agreements.in_force.industry") AS "agreements.in_force.industry"
FROM (
  SELECT
    "t15"."day",
    "t13"."leaf_id",
    "t15"."agreements.signed",
    "t15"."agreements.signed.single",
    "t15"."agreements.signed.regional",
    "t15"."agreements.signed.industry",
    "t15"."agreements.in_force",
    "t15"."agreements.in_force.single",
    "t15"."agreements.in_force.regional",
    "t15"."agreements.in_force.industry"
  FROM (
    SELECT
      "t11"."holder_id",
      "t11"."day",
      COUNT(*) FILTER(WHERE
        "t11"."opened" >= "t11"."year_from") AS "agreements.signed",
      COUNT(*) FILTER(WHERE
        (
          "t11"."opened" >= "t11"."year_from"
        ) AND (
          "t11"."kind" = '单独'
        )) AS "agreements.signed.single",
      COUNT(*) FILTER(WHERE
        (
          "t11"."opened" >= "t11"."year_from"
        ) AND (
          "t11"."kind" = '区域性'
        )) AS "agreements.signed.regional",
      COUNT(*) FILTER(WHERE
        (
          "t11"."opened" >= "t11"."year_from"
        ) AND (
          "t11"."kind" = '行业性'
        )) AS "agreements.signed.industry",
      COUNT(*) FILTER(WHERE
        "t11"."in_force" = 1) AS "agreements.in_force",
      COUNT(*) FILTER(WHERE
        (
          "t11"."in_force" = 1
        ) AND (
          "t11"."kind" = '单独'
        )) AS "agreements.in_force.single",
      COUNT(*) FILTER(WHERE
        (
          "t11"."in_force" = 1
        ) AND (
          "t11"."kind" = '区域性'
        )) AS "agreements.in_force.regional",
      COUNT(*) FILTER(WHERE
        (
          "t11"."in_force" = 1
        ) AND (
          "t11"."kind" = '行业性'
        )) AS "agreements.in_force.industry"
    FROM (
      SELECT
        "t9"."day",
        "t9"."year_from",
        "t9"."number",
        "t9"."kind",
        "t9"."opened",
        "t9"."entry_id" AS "entity_id",
        "t9"."union_id" AS "holder_id",
        IIF(
          (
            "t9"."term_from" <= "t9"."day"
          )
          AND (
            "t9"."term_to" >= "t9"."day"
          )
          AND (
            (
              "t9"."effective_on" <= "t9"."day"
            )
            OR (
              (
                "t9"."effective_on" IS NULL
              )
              AND (
                (
                  "t9"."review" IS NULL
                ) OR (
                  "t9"."review" <> '有异议'
                )
              )
              AND (
                "t9"."received_on" <= "t9"."ago_15"
              )
            )
          ),
          1,
          0
        ) AS "in_force"
      FROM (
        SELECT
          "t3"."day",
          "t3"."year_from",
          "t3"."ago_15",
          "t6"."entry_id",
          "t6"."number",
          "t6"."kind",
          "t6"."union_id",
          "t6"."opened",
          "t6"."term_from",
          "t6"."term_to",
          "t6"."effective_on",
          "t6"."received_on",
          "t6"."review",
          "t6"."voided_on"
        FROM "days" AS "t3"
        INNER JOIN (
          SELECT
            *
          FROM "bargaining_agreementversion" AS "t1"
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
      ) AS "t9"
      WHERE
        (
          "t9"."voided_on" IS NULL
        ) OR (
          "t9"."voided_on" > "t9"."day"
        )
    ) AS "t11"
    GROUP BY
      1,
      2
  ) AS "t15"
  INNER JOIN (
    SELECT
      "t10"."day",
      "t10"."entry_id" AS "holder_id",
      "t10"."at" AS "leaf_id"
    FROM (
      SELECT
        "t8"."day",
        "t8"."entry_id",
        "t8"."valid_from",
        "t8"."begun",
        "t8"."at",
        ROW_NUMBER() OVER (
          PARTITION BY "t8"."day", "t8"."entry_id"
          ORDER BY "t8"."begun" DESC, IIF("t8"."begun" = 1, "t8"."valid_from", DATE(NULL)) DESC, "t8"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t3"."day",
          "t7"."entry_id",
          "t7"."valid_from",
          IIF("t7"."valid_from" <= "t3"."day", 1, 0) AS "begun",
          "t7"."area_id" AS "at"
        FROM "days" AS "t3"
        INNER JOIN (
          SELECT
            *
          FROM "unions_unionversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t7"
          ON "t7"."added_in" >= 0
      ) AS "t8"
    ) AS "t10"
    WHERE
      "t10"."rank" = 0
  ) AS "t13"
    ON "t15"."day" = "t13"."day" AND "t15"."holder_id" = "t13"."holder_id"
) AS "t16"
GROUP BY
  1,
  2

-- name: agreements.sums.known
SELECT
  "t14"."day",
  "t14"."leaf_id",
  SUM("t14"."agreements.signed") AS "agreements.signed",
  SUM("t14"."agreements.signed.single") AS "agreements.signed.single",
  SUM("t14"."agreements.signed.regional") AS "agreements.signed.regional",
  SUM("t14"."agreements.signed.industry") AS "agreements.signed.industry",
  SUM("t14"."agreements.in_force") AS "agreements.in_force",
  SUM("t14"."agreements.in_force.single") AS "agreements.in_force.single",
  SUM("t14"."agreements.in_force.regional") AS "agreements.in_force.regional",
  SUM("t14"."agreements.in_force.industry") AS "agreements.in_force.industry"
FROM (
  SELECT
    "t13"."day",
    "t11"."leaf_id",
    "t13"."agreements.signed",
    "t13"."agreements.signed.single",
    "t13"."agreements.signed.regional",
    "t13"."agreements.signed.industry",
    "t13"."agreements.in_force",
    "t13"."agreements.in_force.single",
    "t13"."agreements.in_force.regional",
    "t13"."agreements.in_force.industry"
  FROM (
    SELECT
      "t9"."holder_id",
      "t9"."day",
      COUNT(*) FILTER(WHERE
        "t9"."opened" >= "t9"."year_from") AS "agreements.signed",
      COUNT(*) FILTER(WHERE
        (
          "t9"."opened" >= "t9"."year_from"
        ) AND (
          "t9"."kind" = '单独'
        )) AS "agreements.signed.single",
      COUNT(*) FILTER(WHERE
        (
          "t9"."opened" >= "t9"."year_from"
        ) AND (
          "t9"."kind" = '区域性'
        )) AS "agreements.signed.regional",
      COUNT(*) FILTER(WHERE
        (
          "t9"."opened" >= "t9"."year_from"
        ) AND (
          "t9"."kind" = '行业性'
        )) AS "agreements.signed.industry",
      COUNT(*) FILTER(WHERE
        "t9"."in_force" = 1) AS "agreements.in_force",
      COUNT(*) FILTER(WHERE
        (
          "t9"."in_force" = 1
        ) AND (
          "t9"."kind" = '单独'
        )) AS "agreements.in_force.single",
      COUNT(*) FILTER(WHERE
        (
          "t9"."in_force" = 1
        ) AND (
          "t9"."kind" = '区域性'
        )) AS "agreements.in_force.regional",
      COUNT(*) FILTER(WHERE
        (
          "t9"."in_force" = 1
        ) AND (
          "t9"."kind" = '行业性'
        )) AS "agreements.in_force.industry"
    FROM (
      SELECT
        "t6"."day",
        "t6"."year_from",
        "t6"."number",
        "t6"."kind",
        "t6"."opened",
        "t6"."entry_id" AS "entity_id",
        "t6"."union_id" AS "holder_id",
        IIF(
          (
            "t6"."term_from" <= "t6"."day"
          )
          AND (
            "t6"."term_to" >= "t6"."day"
          )
          AND (
            (
              "t6"."effective_on" <= "t6"."day"
            )
            OR (
              (
                "t6"."effective_on" IS NULL
              )
              AND (
                (
                  "t6"."review" IS NULL
                ) OR (
                  "t6"."review" <> '有异议'
                )
              )
              AND (
                "t6"."received_on" <= "t6"."ago_15"
              )
            )
          ),
          1,
          0
        ) AS "in_force"
      FROM (
        SELECT
          "t3"."day",
          "t3"."year_from",
          "t3"."ago_15",
          "t4"."entry_id",
          "t4"."number",
          "t4"."kind",
          "t4"."union_id",
          "t4"."opened",
          "t4"."term_from",
          "t4"."term_to",
          "t4"."effective_on",
          "t4"."received_on",
          "t4"."review",
          "t4"."voided_on"
        FROM "days" AS "t3"
        INNER JOIN "bargaining_agreementversion" AS "t4"
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
        (
          "t6"."voided_on" IS NULL
        ) OR (
          "t6"."voided_on" > "t6"."day"
        )
    ) AS "t9"
    GROUP BY
      1,
      2
  ) AS "t13"
  INNER JOIN (
    SELECT
      "t8"."day",
      "t8"."entry_id" AS "holder_id",
      "t8"."at" AS "leaf_id"
    FROM (
      SELECT
        "t7"."day",
        "t7"."entry_id",
        "t7"."valid_from",
        "t7"."begun",
        "t7"."at",
        ROW_NUMBER() OVER (
          PARTITION BY "t7"."day", "t7"."entry_id"
          ORDER BY "t7"."begun" DESC, IIF("t7"."begun" = 1, "t7"."valid_from", DATE(NULL)) DESC, "t7"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t3"."day",
          "t5"."entry_id",
          "t5"."valid_from",
          IIF("t5"."valid_from" <= "t3"."day", 1, 0) AS "begun",
          "t5"."area_id" AS "at"
        FROM "days" AS "t3"
        INNER JOIN "unions_unionversion" AS "t5"
          ON "t5"."added_in" <= "t3"."known"
          AND (
            (
              "t5"."removed_in" IS NULL
            ) OR (
              "t5"."removed_in" > "t3"."known"
            )
          )
      ) AS "t7"
    ) AS "t8"
    WHERE
      "t8"."rank" = 0
  ) AS "t11"
    ON "t13"."day" = "t11"."day" AND "t13"."holder_id" = "t11"."holder_id"
) AS "t14"
GROUP BY
  1,
  2

-- name: agreements.sums.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t21"."day",
  "t21"."leaf_id",
  SUM("t21"."agreements.signed") AS "agreements.signed",
  SUM("t21"."agreements.signed.single") AS "agreements.signed.single",
  SUM("t21"."agreements.signed.regional") AS "agreements.signed.regional",
  SUM("t21"."agreements.signed.industry") AS "agreements.signed.industry",
  SUM("t21"."agreements.in_force") AS "agreements.in_force",
  SUM("t21"."agreements.in_force.single") AS "agreements.in_force.single",
  SUM("t21"."agreements.in_force.regional") AS "agreements.in_force.regional",
  SUM("t21"."agreements.in_force.industry") AS "agreements.in_force.industry"
FROM (
  SELECT
    "t20"."day",
    "t18"."leaf_id",
    "t20"."agreements.signed",
    "t20"."agreements.signed.single",
    "t20"."agreements.signed.regional",
    "t20"."agreements.signed.industry",
    "t20"."agreements.in_force",
    "t20"."agreements.in_force.single",
    "t20"."agreements.in_force.regional",
    "t20"."agreements.in_force.industry"
  FROM (
    SELECT
      "t16"."holder_id",
      "t16"."day",
      COUNT(*) FILTER(WHERE
        "t16"."opened" >= "t16"."year_from") AS "agreements.signed",
      COUNT(*) FILTER(WHERE
        (
          "t16"."opened" >= "t16"."year_from"
        ) AND (
          "t16"."kind" = '单独'
        )) AS "agreements.signed.single",
      COUNT(*) FILTER(WHERE
        (
          "t16"."opened" >= "t16"."year_from"
        ) AND (
          "t16"."kind" = '区域性'
        )) AS "agreements.signed.regional",
      COUNT(*) FILTER(WHERE
        (
          "t16"."opened" >= "t16"."year_from"
        ) AND (
          "t16"."kind" = '行业性'
        )) AS "agreements.signed.industry",
      COUNT(*) FILTER(WHERE
        "t16"."in_force" = 1) AS "agreements.in_force",
      COUNT(*) FILTER(WHERE
        (
          "t16"."in_force" = 1
        ) AND (
          "t16"."kind" = '单独'
        )) AS "agreements.in_force.single",
      COUNT(*) FILTER(WHERE
        (
          "t16"."in_force" = 1
        ) AND (
          "t16"."kind" = '区域性'
        )) AS "agreements.in_force.regional",
      COUNT(*) FILTER(WHERE
        (
          "t16"."in_force" = 1
        ) AND (
          "t16"."kind" = '行业性'
        )) AS "agreements.in_force.industry"
    FROM (
      SELECT
        "t14"."day",
        "t14"."year_from",
        "t14"."number",
        "t14"."kind",
        "t14"."opened",
        "t14"."entry_id" AS "entity_id",
        "t14"."union_id" AS "holder_id",
        IIF(
          (
            "t14"."term_from" <= "t14"."day"
          )
          AND (
            "t14"."term_to" >= "t14"."day"
          )
          AND (
            (
              "t14"."effective_on" <= "t14"."day"
            )
            OR (
              (
                "t14"."effective_on" IS NULL
              )
              AND (
                (
                  "t14"."review" IS NULL
                ) OR (
                  "t14"."review" <> '有异议'
                )
              )
              AND (
                "t14"."received_on" <= "t14"."ago_15"
              )
            )
          ),
          1,
          0
        ) AS "in_force"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t11"."entry_id",
          "t11"."number",
          "t11"."kind",
          "t11"."union_id",
          "t11"."opened",
          "t11"."term_from",
          "t11"."term_to",
          "t11"."effective_on",
          "t11"."received_on",
          "t11"."review",
          "t11"."voided_on"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t1"
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
      ) AS "t14"
      WHERE
        (
          "t14"."voided_on" IS NULL
        ) OR (
          "t14"."voided_on" > "t14"."day"
        )
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t20"
  INNER JOIN (
    SELECT
      "t15"."day",
      "t15"."entry_id" AS "holder_id",
      "t15"."at" AS "leaf_id"
    FROM (
      SELECT
        "t13"."day",
        "t13"."entry_id",
        "t13"."valid_from",
        "t13"."begun",
        "t13"."at",
        ROW_NUMBER() OVER (
          PARTITION BY "t13"."day", "t13"."entry_id"
          ORDER BY "t13"."begun" DESC, IIF("t13"."begun" = 1, "t13"."valid_from", DATE(NULL)) DESC, "t13"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t12"."entry_id",
          "t12"."valid_from",
          IIF("t12"."valid_from" <= "t4"."day", 1, 0) AS "begun",
          "t12"."area_id" AS "at"
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
          ON "t12"."added_in" >= 0
      ) AS "t13"
    ) AS "t15"
    WHERE
      "t15"."rank" = 0
  ) AS "t18"
    ON "t20"."day" = "t18"."day" AND "t20"."holder_id" = "t18"."holder_id"
) AS "t21"
GROUP BY
  1,
  2

-- name: agreements.sums.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t19"."day",
  "t19"."leaf_id",
  SUM("t19"."agreements.signed") AS "agreements.signed",
  SUM("t19"."agreements.signed.single") AS "agreements.signed.single",
  SUM("t19"."agreements.signed.regional") AS "agreements.signed.regional",
  SUM("t19"."agreements.signed.industry") AS "agreements.signed.industry",
  SUM("t19"."agreements.in_force") AS "agreements.in_force",
  SUM("t19"."agreements.in_force.single") AS "agreements.in_force.single",
  SUM("t19"."agreements.in_force.regional") AS "agreements.in_force.regional",
  SUM("t19"."agreements.in_force.industry") AS "agreements.in_force.industry"
FROM (
  SELECT
    "t18"."day",
    "t16"."leaf_id",
    "t18"."agreements.signed",
    "t18"."agreements.signed.single",
    "t18"."agreements.signed.regional",
    "t18"."agreements.signed.industry",
    "t18"."agreements.in_force",
    "t18"."agreements.in_force.single",
    "t18"."agreements.in_force.regional",
    "t18"."agreements.in_force.industry"
  FROM (
    SELECT
      "t14"."holder_id",
      "t14"."day",
      COUNT(*) FILTER(WHERE
        "t14"."opened" >= "t14"."year_from") AS "agreements.signed",
      COUNT(*) FILTER(WHERE
        (
          "t14"."opened" >= "t14"."year_from"
        ) AND (
          "t14"."kind" = '单独'
        )) AS "agreements.signed.single",
      COUNT(*) FILTER(WHERE
        (
          "t14"."opened" >= "t14"."year_from"
        ) AND (
          "t14"."kind" = '区域性'
        )) AS "agreements.signed.regional",
      COUNT(*) FILTER(WHERE
        (
          "t14"."opened" >= "t14"."year_from"
        ) AND (
          "t14"."kind" = '行业性'
        )) AS "agreements.signed.industry",
      COUNT(*) FILTER(WHERE
        "t14"."in_force" = 1) AS "agreements.in_force",
      COUNT(*) FILTER(WHERE
        (
          "t14"."in_force" = 1
        ) AND (
          "t14"."kind" = '单独'
        )) AS "agreements.in_force.single",
      COUNT(*) FILTER(WHERE
        (
          "t14"."in_force" = 1
        ) AND (
          "t14"."kind" = '区域性'
        )) AS "agreements.in_force.regional",
      COUNT(*) FILTER(WHERE
        (
          "t14"."in_force" = 1
        ) AND (
          "t14"."kind" = '行业性'
        )) AS "agreements.in_force.industry"
    FROM (
      SELECT
        "t11"."day",
        "t11"."year_from",
        "t11"."number",
        "t11"."kind",
        "t11"."opened",
        "t11"."entry_id" AS "entity_id",
        "t11"."union_id" AS "holder_id",
        IIF(
          (
            "t11"."term_from" <= "t11"."day"
          )
          AND (
            "t11"."term_to" >= "t11"."day"
          )
          AND (
            (
              "t11"."effective_on" <= "t11"."day"
            )
            OR (
              (
                "t11"."effective_on" IS NULL
              )
              AND (
                (
                  "t11"."review" IS NULL
                ) OR (
                  "t11"."review" <> '有异议'
                )
              )
              AND (
                "t11"."received_on" <= "t11"."ago_15"
              )
            )
          ),
          1,
          0
        ) AS "in_force"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t9"."entry_id",
          "t9"."number",
          "t9"."kind",
          "t9"."union_id",
          "t9"."opened",
          "t9"."term_from",
          "t9"."term_to",
          "t9"."effective_on",
          "t9"."received_on",
          "t9"."review",
          "t9"."voided_on"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "bargaining_agreementversion" AS "t1"
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
        (
          "t11"."voided_on" IS NULL
        ) OR (
          "t11"."voided_on" > "t11"."day"
        )
    ) AS "t14"
    GROUP BY
      1,
      2
  ) AS "t18"
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."entry_id" AS "holder_id",
      "t13"."at" AS "leaf_id"
    FROM (
      SELECT
        "t12"."day",
        "t12"."entry_id",
        "t12"."valid_from",
        "t12"."begun",
        "t12"."at",
        ROW_NUMBER() OVER (
          PARTITION BY "t12"."day", "t12"."entry_id"
          ORDER BY "t12"."begun" DESC, IIF("t12"."begun" = 1, "t12"."valid_from", DATE(NULL)) DESC, "t12"."valid_from" ASC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t10"."entry_id",
          "t10"."valid_from",
          IIF("t10"."valid_from" <= "t4"."day", 1, 0) AS "begun",
          "t10"."area_id" AS "at"
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
          ON "t10"."added_in" <= "t4"."known"
          AND (
            (
              "t10"."removed_in" IS NULL
            ) OR (
              "t10"."removed_in" > "t4"."known"
            )
          )
      ) AS "t12"
    ) AS "t13"
    WHERE
      "t13"."rank" = 0
  ) AS "t16"
    ON "t18"."day" = "t16"."day" AND "t18"."holder_id" = "t16"."holder_id"
) AS "t19"
GROUP BY
  1,
  2

-- name: agreements.rows.now
SELECT
  "t15"."day",
  "t13"."leaf_id",
  "t15"."entity_id",
  "t15"."key",
  "t15"."name",
  "t15"."agreements.signed",
  "t15"."agreements.signed.single",
  "t15"."agreements.signed.regional",
  "t15"."agreements.signed.industry",
  "t15"."agreements.in_force",
  "t15"."agreements.in_force.single",
  "t15"."agreements.in_force.regional",
  "t15"."agreements.in_force.industry"
FROM (
  SELECT
    "t11"."day",
    "t11"."entity_id",
    "t11"."holder_id",
    "t11"."number" AS "key",
    "t11"."number" AS "name",
    IIF("t11"."opened" >= "t11"."year_from", CAST(1 AS INTEGER), NULL) AS "agreements.signed",
    IIF(
      (
        "t11"."opened" >= "t11"."year_from"
      ) AND (
        "t11"."kind" = '单独'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.single",
    IIF(
      (
        "t11"."opened" >= "t11"."year_from"
      ) AND (
        "t11"."kind" = '区域性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.regional",
    IIF(
      (
        "t11"."opened" >= "t11"."year_from"
      ) AND (
        "t11"."kind" = '行业性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.industry",
    IIF("t11"."in_force" = 1, CAST(1 AS INTEGER), NULL) AS "agreements.in_force",
    IIF((
      "t11"."in_force" = 1
    ) AND (
      "t11"."kind" = '单独'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.single",
    IIF((
      "t11"."in_force" = 1
    ) AND (
      "t11"."kind" = '区域性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.regional",
    IIF((
      "t11"."in_force" = 1
    ) AND (
      "t11"."kind" = '行业性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.industry"
  FROM (
    SELECT
      "t9"."day",
      "t9"."year_from",
      "t9"."number",
      "t9"."kind",
      "t9"."opened",
      "t9"."entry_id" AS "entity_id",
      "t9"."union_id" AS "holder_id",
      IIF(
        (
          "t9"."term_from" <= "t9"."day"
        )
        AND (
          "t9"."term_to" >= "t9"."day"
        )
        AND (
          (
            "t9"."effective_on" <= "t9"."day"
          )
          OR (
            (
              "t9"."effective_on" IS NULL
            )
            AND (
              (
                "t9"."review" IS NULL
              ) OR (
                "t9"."review" <> '有异议'
              )
            )
            AND (
              "t9"."received_on" <= "t9"."ago_15"
            )
          )
        ),
        1,
        0
      ) AS "in_force"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t6"."entry_id",
        "t6"."number",
        "t6"."kind",
        "t6"."union_id",
        "t6"."opened",
        "t6"."term_from",
        "t6"."term_to",
        "t6"."effective_on",
        "t6"."received_on",
        "t6"."review",
        "t6"."voided_on"
      FROM "days" AS "t3"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementversion" AS "t1"
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
    ) AS "t9"
    WHERE
      (
        "t9"."voided_on" IS NULL
      ) OR (
        "t9"."voided_on" > "t9"."day"
      )
  ) AS "t11"
) AS "t15"
INNER JOIN (
  SELECT
    "t10"."day",
    "t10"."entry_id" AS "holder_id",
    "t10"."at" AS "leaf_id"
  FROM (
    SELECT
      "t8"."day",
      "t8"."entry_id",
      "t8"."valid_from",
      "t8"."begun",
      "t8"."at",
      ROW_NUMBER() OVER (
        PARTITION BY "t8"."day", "t8"."entry_id"
        ORDER BY "t8"."begun" DESC, IIF("t8"."begun" = 1, "t8"."valid_from", DATE(NULL)) DESC, "t8"."valid_from" ASC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "rank"
    FROM (
      SELECT
        "t3"."day",
        "t7"."entry_id",
        "t7"."valid_from",
        IIF("t7"."valid_from" <= "t3"."day", 1, 0) AS "begun",
        "t7"."area_id" AS "at"
      FROM "days" AS "t3"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t7"
        ON "t7"."added_in" >= 0
    ) AS "t8"
  ) AS "t10"
  WHERE
    "t10"."rank" = 0
) AS "t13"
  ON "t15"."day" = "t13"."day" AND "t15"."holder_id" = "t13"."holder_id"

-- name: agreements.rows.known
SELECT
  "t13"."day",
  "t11"."leaf_id",
  "t13"."entity_id",
  "t13"."key",
  "t13"."name",
  "t13"."agreements.signed",
  "t13"."agreements.signed.single",
  "t13"."agreements.signed.regional",
  "t13"."agreements.signed.industry",
  "t13"."agreements.in_force",
  "t13"."agreements.in_force.single",
  "t13"."agreements.in_force.regional",
  "t13"."agreements.in_force.industry"
FROM (
  SELECT
    "t9"."day",
    "t9"."entity_id",
    "t9"."holder_id",
    "t9"."number" AS "key",
    "t9"."number" AS "name",
    IIF("t9"."opened" >= "t9"."year_from", CAST(1 AS INTEGER), NULL) AS "agreements.signed",
    IIF(
      (
        "t9"."opened" >= "t9"."year_from"
      ) AND (
        "t9"."kind" = '单独'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.single",
    IIF(
      (
        "t9"."opened" >= "t9"."year_from"
      ) AND (
        "t9"."kind" = '区域性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.regional",
    IIF(
      (
        "t9"."opened" >= "t9"."year_from"
      ) AND (
        "t9"."kind" = '行业性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.industry",
    IIF("t9"."in_force" = 1, CAST(1 AS INTEGER), NULL) AS "agreements.in_force",
    IIF((
      "t9"."in_force" = 1
    ) AND (
      "t9"."kind" = '单独'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.single",
    IIF((
      "t9"."in_force" = 1
    ) AND (
      "t9"."kind" = '区域性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.regional",
    IIF((
      "t9"."in_force" = 1
    ) AND (
      "t9"."kind" = '行业性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.industry"
  FROM (
    SELECT
      "t6"."day",
      "t6"."year_from",
      "t6"."number",
      "t6"."kind",
      "t6"."opened",
      "t6"."entry_id" AS "entity_id",
      "t6"."union_id" AS "holder_id",
      IIF(
        (
          "t6"."term_from" <= "t6"."day"
        )
        AND (
          "t6"."term_to" >= "t6"."day"
        )
        AND (
          (
            "t6"."effective_on" <= "t6"."day"
          )
          OR (
            (
              "t6"."effective_on" IS NULL
            )
            AND (
              (
                "t6"."review" IS NULL
              ) OR (
                "t6"."review" <> '有异议'
              )
            )
            AND (
              "t6"."received_on" <= "t6"."ago_15"
            )
          )
        ),
        1,
        0
      ) AS "in_force"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t4"."entry_id",
        "t4"."number",
        "t4"."kind",
        "t4"."union_id",
        "t4"."opened",
        "t4"."term_from",
        "t4"."term_to",
        "t4"."effective_on",
        "t4"."received_on",
        "t4"."review",
        "t4"."voided_on"
      FROM "days" AS "t3"
      INNER JOIN "bargaining_agreementversion" AS "t4"
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
      (
        "t6"."voided_on" IS NULL
      ) OR (
        "t6"."voided_on" > "t6"."day"
      )
  ) AS "t9"
) AS "t13"
INNER JOIN (
  SELECT
    "t8"."day",
    "t8"."entry_id" AS "holder_id",
    "t8"."at" AS "leaf_id"
  FROM (
    SELECT
      "t7"."day",
      "t7"."entry_id",
      "t7"."valid_from",
      "t7"."begun",
      "t7"."at",
      ROW_NUMBER() OVER (
        PARTITION BY "t7"."day", "t7"."entry_id"
        ORDER BY "t7"."begun" DESC, IIF("t7"."begun" = 1, "t7"."valid_from", DATE(NULL)) DESC, "t7"."valid_from" ASC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "rank"
    FROM (
      SELECT
        "t3"."day",
        "t5"."entry_id",
        "t5"."valid_from",
        IIF("t5"."valid_from" <= "t3"."day", 1, 0) AS "begun",
        "t5"."area_id" AS "at"
      FROM "days" AS "t3"
      INNER JOIN "unions_unionversion" AS "t5"
        ON "t5"."added_in" <= "t3"."known"
        AND (
          (
            "t5"."removed_in" IS NULL
          ) OR (
            "t5"."removed_in" > "t3"."known"
          )
        )
    ) AS "t7"
  ) AS "t8"
  WHERE
    "t8"."rank" = 0
) AS "t11"
  ON "t13"."day" = "t11"."day" AND "t13"."holder_id" = "t11"."holder_id"

-- name: agreements.rows.now.entities
SELECT
  "t18"."day",
  "t15"."leaf_id",
  "t18"."entity_id",
  "t18"."key",
  "t18"."name",
  "t18"."agreements.signed",
  "t18"."agreements.signed.single",
  "t18"."agreements.signed.regional",
  "t18"."agreements.signed.industry",
  "t18"."agreements.in_force",
  "t18"."agreements.in_force.single",
  "t18"."agreements.in_force.regional",
  "t18"."agreements.in_force.industry"
FROM (
  SELECT
    "t16"."day",
    "t16"."entity_id",
    "t16"."holder_id",
    "t16"."number" AS "key",
    "t16"."number" AS "name",
    IIF("t16"."opened" >= "t16"."year_from", CAST(1 AS INTEGER), NULL) AS "agreements.signed",
    IIF(
      (
        "t16"."opened" >= "t16"."year_from"
      ) AND (
        "t16"."kind" = '单独'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.single",
    IIF(
      (
        "t16"."opened" >= "t16"."year_from"
      ) AND (
        "t16"."kind" = '区域性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.regional",
    IIF(
      (
        "t16"."opened" >= "t16"."year_from"
      ) AND (
        "t16"."kind" = '行业性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.industry",
    IIF("t16"."in_force" = 1, CAST(1 AS INTEGER), NULL) AS "agreements.in_force",
    IIF((
      "t16"."in_force" = 1
    ) AND (
      "t16"."kind" = '单独'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.single",
    IIF((
      "t16"."in_force" = 1
    ) AND (
      "t16"."kind" = '区域性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.regional",
    IIF((
      "t16"."in_force" = 1
    ) AND (
      "t16"."kind" = '行业性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.industry"
  FROM (
    SELECT
      "t12"."day",
      "t12"."year_from",
      "t12"."number",
      "t12"."kind",
      "t12"."opened",
      "t12"."entry_id" AS "entity_id",
      "t12"."union_id" AS "holder_id",
      IIF(
        (
          "t12"."term_from" <= "t12"."day"
        )
        AND (
          "t12"."term_to" >= "t12"."day"
        )
        AND (
          (
            "t12"."effective_on" <= "t12"."day"
          )
          OR (
            (
              "t12"."effective_on" IS NULL
            )
            AND (
              (
                "t12"."review" IS NULL
              ) OR (
                "t12"."review" <> '有异议'
              )
            )
            AND (
              "t12"."received_on" <= "t12"."ago_15"
            )
          )
        ),
        1,
        0
      ) AS "in_force"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t10"."entry_id",
        "t10"."number",
        "t10"."kind",
        "t10"."union_id",
        "t10"."opened",
        "t10"."term_from",
        "t10"."term_to",
        "t10"."effective_on",
        "t10"."received_on",
        "t10"."review",
        "t10"."voided_on"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "bargaining_agreementversion" AS "t1"
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
    ) AS "t12"
    WHERE
      (
        "t12"."voided_on" IS NULL
      ) OR (
        "t12"."voided_on" > "t12"."day"
      )
  ) AS "t16"
) AS "t18"
INNER JOIN (
  SELECT
    "t13"."day",
    "t13"."entry_id" AS "holder_id",
    "t13"."at" AS "leaf_id"
  FROM (
    SELECT
      "t11"."day",
      "t11"."entry_id",
      "t11"."valid_from",
      "t11"."begun",
      "t11"."at",
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
        "t8"."area_id" AS "at"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t8"
        ON "t8"."added_in" >= 0
    ) AS "t11"
  ) AS "t13"
  WHERE
    "t13"."rank" = 0
) AS "t15"
  ON "t18"."day" = "t15"."day" AND "t18"."holder_id" = "t15"."holder_id"

-- name: agreements.rows.known.entities
SELECT
  "t16"."day",
  "t13"."leaf_id",
  "t16"."entity_id",
  "t16"."key",
  "t16"."name",
  "t16"."agreements.signed",
  "t16"."agreements.signed.single",
  "t16"."agreements.signed.regional",
  "t16"."agreements.signed.industry",
  "t16"."agreements.in_force",
  "t16"."agreements.in_force.single",
  "t16"."agreements.in_force.regional",
  "t16"."agreements.in_force.industry"
FROM (
  SELECT
    "t14"."day",
    "t14"."entity_id",
    "t14"."holder_id",
    "t14"."number" AS "key",
    "t14"."number" AS "name",
    IIF("t14"."opened" >= "t14"."year_from", CAST(1 AS INTEGER), NULL) AS "agreements.signed",
    IIF(
      (
        "t14"."opened" >= "t14"."year_from"
      ) AND (
        "t14"."kind" = '单独'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.single",
    IIF(
      (
        "t14"."opened" >= "t14"."year_from"
      ) AND (
        "t14"."kind" = '区域性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.regional",
    IIF(
      (
        "t14"."opened" >= "t14"."year_from"
      ) AND (
        "t14"."kind" = '行业性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.industry",
    IIF("t14"."in_force" = 1, CAST(1 AS INTEGER), NULL) AS "agreements.in_force",
    IIF((
      "t14"."in_force" = 1
    ) AND (
      "t14"."kind" = '单独'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.single",
    IIF((
      "t14"."in_force" = 1
    ) AND (
      "t14"."kind" = '区域性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.regional",
    IIF((
      "t14"."in_force" = 1
    ) AND (
      "t14"."kind" = '行业性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.industry"
  FROM (
    SELECT
      "t10"."day",
      "t10"."year_from",
      "t10"."number",
      "t10"."kind",
      "t10"."opened",
      "t10"."entry_id" AS "entity_id",
      "t10"."union_id" AS "holder_id",
      IIF(
        (
          "t10"."term_from" <= "t10"."day"
        )
        AND (
          "t10"."term_to" >= "t10"."day"
        )
        AND (
          (
            "t10"."effective_on" <= "t10"."day"
          )
          OR (
            (
              "t10"."effective_on" IS NULL
            )
            AND (
              (
                "t10"."review" IS NULL
              ) OR (
                "t10"."review" <> '有异议'
              )
            )
            AND (
              "t10"."received_on" <= "t10"."ago_15"
            )
          )
        ),
        1,
        0
      ) AS "in_force"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t8"."entry_id",
        "t8"."number",
        "t8"."kind",
        "t8"."union_id",
        "t8"."opened",
        "t8"."term_from",
        "t8"."term_to",
        "t8"."effective_on",
        "t8"."received_on",
        "t8"."review",
        "t8"."voided_on"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementversion" AS "t1"
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
    ) AS "t10"
    WHERE
      (
        "t10"."voided_on" IS NULL
      ) OR (
        "t10"."voided_on" > "t10"."day"
      )
  ) AS "t14"
) AS "t16"
INNER JOIN (
  SELECT
    "t11"."day",
    "t11"."entry_id" AS "holder_id",
    "t11"."at" AS "leaf_id"
  FROM (
    SELECT
      "t9"."day",
      "t9"."entry_id",
      "t9"."valid_from",
      "t9"."begun",
      "t9"."at",
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
        "t5"."area_id" AS "at"
      FROM "days" AS "t4"
      INNER JOIN "unions_unionversion" AS "t5"
        ON "t5"."added_in" <= "t4"."known"
        AND (
          (
            "t5"."removed_in" IS NULL
          ) OR (
            "t5"."removed_in" > "t4"."known"
          )
        )
    ) AS "t9"
  ) AS "t11"
  WHERE
    "t11"."rank" = 0
) AS "t13"
  ON "t16"."day" = "t13"."day" AND "t16"."holder_id" = "t13"."holder_id"

-- name: agreements.rows.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t20"."day",
  "t18"."leaf_id",
  "t20"."entity_id",
  "t20"."key",
  "t20"."name",
  "t20"."agreements.signed",
  "t20"."agreements.signed.single",
  "t20"."agreements.signed.regional",
  "t20"."agreements.signed.industry",
  "t20"."agreements.in_force",
  "t20"."agreements.in_force.single",
  "t20"."agreements.in_force.regional",
  "t20"."agreements.in_force.industry"
FROM (
  SELECT
    "t16"."day",
    "t16"."entity_id",
    "t16"."holder_id",
    "t16"."number" AS "key",
    "t16"."number" AS "name",
    IIF("t16"."opened" >= "t16"."year_from", CAST(1 AS INTEGER), NULL) AS "agreements.signed",
    IIF(
      (
        "t16"."opened" >= "t16"."year_from"
      ) AND (
        "t16"."kind" = '单独'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.single",
    IIF(
      (
        "t16"."opened" >= "t16"."year_from"
      ) AND (
        "t16"."kind" = '区域性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.regional",
    IIF(
      (
        "t16"."opened" >= "t16"."year_from"
      ) AND (
        "t16"."kind" = '行业性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.industry",
    IIF("t16"."in_force" = 1, CAST(1 AS INTEGER), NULL) AS "agreements.in_force",
    IIF((
      "t16"."in_force" = 1
    ) AND (
      "t16"."kind" = '单独'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.single",
    IIF((
      "t16"."in_force" = 1
    ) AND (
      "t16"."kind" = '区域性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.regional",
    IIF((
      "t16"."in_force" = 1
    ) AND (
      "t16"."kind" = '行业性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.industry"
  FROM (
    SELECT
      "t14"."day",
      "t14"."year_from",
      "t14"."number",
      "t14"."kind",
      "t14"."opened",
      "t14"."entry_id" AS "entity_id",
      "t14"."union_id" AS "holder_id",
      IIF(
        (
          "t14"."term_from" <= "t14"."day"
        )
        AND (
          "t14"."term_to" >= "t14"."day"
        )
        AND (
          (
            "t14"."effective_on" <= "t14"."day"
          )
          OR (
            (
              "t14"."effective_on" IS NULL
            )
            AND (
              (
                "t14"."review" IS NULL
              ) OR (
                "t14"."review" <> '有异议'
              )
            )
            AND (
              "t14"."received_on" <= "t14"."ago_15"
            )
          )
        ),
        1,
        0
      ) AS "in_force"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t11"."entry_id",
        "t11"."number",
        "t11"."kind",
        "t11"."union_id",
        "t11"."opened",
        "t11"."term_from",
        "t11"."term_to",
        "t11"."effective_on",
        "t11"."received_on",
        "t11"."review",
        "t11"."voided_on"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "bargaining_agreementversion" AS "t1"
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
    ) AS "t14"
    WHERE
      (
        "t14"."voided_on" IS NULL
      ) OR (
        "t14"."voided_on" > "t14"."day"
      )
  ) AS "t16"
) AS "t20"
INNER JOIN (
  SELECT
    "t15"."day",
    "t15"."entry_id" AS "holder_id",
    "t15"."at" AS "leaf_id"
  FROM (
    SELECT
      "t13"."day",
      "t13"."entry_id",
      "t13"."valid_from",
      "t13"."begun",
      "t13"."at",
      ROW_NUMBER() OVER (
        PARTITION BY "t13"."day", "t13"."entry_id"
        ORDER BY "t13"."begun" DESC, IIF("t13"."begun" = 1, "t13"."valid_from", DATE(NULL)) DESC, "t13"."valid_from" ASC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "rank"
    FROM (
      SELECT
        "t4"."day",
        "t12"."entry_id",
        "t12"."valid_from",
        IIF("t12"."valid_from" <= "t4"."day", 1, 0) AS "begun",
        "t12"."area_id" AS "at"
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
        ON "t12"."added_in" >= 0
    ) AS "t13"
  ) AS "t15"
  WHERE
    "t15"."rank" = 0
) AS "t18"
  ON "t20"."day" = "t18"."day" AND "t20"."holder_id" = "t18"."holder_id"

-- name: agreements.rows.known.affiliation
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
  "t18"."agreements.signed",
  "t18"."agreements.signed.single",
  "t18"."agreements.signed.regional",
  "t18"."agreements.signed.industry",
  "t18"."agreements.in_force",
  "t18"."agreements.in_force.single",
  "t18"."agreements.in_force.regional",
  "t18"."agreements.in_force.industry"
FROM (
  SELECT
    "t14"."day",
    "t14"."entity_id",
    "t14"."holder_id",
    "t14"."number" AS "key",
    "t14"."number" AS "name",
    IIF("t14"."opened" >= "t14"."year_from", CAST(1 AS INTEGER), NULL) AS "agreements.signed",
    IIF(
      (
        "t14"."opened" >= "t14"."year_from"
      ) AND (
        "t14"."kind" = '单独'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.single",
    IIF(
      (
        "t14"."opened" >= "t14"."year_from"
      ) AND (
        "t14"."kind" = '区域性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.regional",
    IIF(
      (
        "t14"."opened" >= "t14"."year_from"
      ) AND (
        "t14"."kind" = '行业性'
      ),
      CAST(1 AS INTEGER),
      NULL
    ) AS "agreements.signed.industry",
    IIF("t14"."in_force" = 1, CAST(1 AS INTEGER), NULL) AS "agreements.in_force",
    IIF((
      "t14"."in_force" = 1
    ) AND (
      "t14"."kind" = '单独'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.single",
    IIF((
      "t14"."in_force" = 1
    ) AND (
      "t14"."kind" = '区域性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.regional",
    IIF((
      "t14"."in_force" = 1
    ) AND (
      "t14"."kind" = '行业性'
    ), CAST(1 AS INTEGER), NULL) AS "agreements.in_force.industry"
  FROM (
    SELECT
      "t11"."day",
      "t11"."year_from",
      "t11"."number",
      "t11"."kind",
      "t11"."opened",
      "t11"."entry_id" AS "entity_id",
      "t11"."union_id" AS "holder_id",
      IIF(
        (
          "t11"."term_from" <= "t11"."day"
        )
        AND (
          "t11"."term_to" >= "t11"."day"
        )
        AND (
          (
            "t11"."effective_on" <= "t11"."day"
          )
          OR (
            (
              "t11"."effective_on" IS NULL
            )
            AND (
              (
                "t11"."review" IS NULL
              ) OR (
                "t11"."review" <> '有异议'
              )
            )
            AND (
              "t11"."received_on" <= "t11"."ago_15"
            )
          )
        ),
        1,
        0
      ) AS "in_force"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t9"."entry_id",
        "t9"."number",
        "t9"."kind",
        "t9"."union_id",
        "t9"."opened",
        "t9"."term_from",
        "t9"."term_to",
        "t9"."effective_on",
        "t9"."received_on",
        "t9"."review",
        "t9"."voided_on"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementversion" AS "t1"
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
      (
        "t11"."voided_on" IS NULL
      ) OR (
        "t11"."voided_on" > "t11"."day"
      )
  ) AS "t14"
) AS "t18"
INNER JOIN (
  SELECT
    "t13"."day",
    "t13"."entry_id" AS "holder_id",
    "t13"."at" AS "leaf_id"
  FROM (
    SELECT
      "t12"."day",
      "t12"."entry_id",
      "t12"."valid_from",
      "t12"."begun",
      "t12"."at",
      ROW_NUMBER() OVER (
        PARTITION BY "t12"."day", "t12"."entry_id"
        ORDER BY "t12"."begun" DESC, IIF("t12"."begun" = 1, "t12"."valid_from", DATE(NULL)) DESC, "t12"."valid_from" ASC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "rank"
    FROM (
      SELECT
        "t4"."day",
        "t10"."entry_id",
        "t10"."valid_from",
        IIF("t10"."valid_from" <= "t4"."day", 1, 0) AS "begun",
        "t10"."area_id" AS "at"
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
        ON "t10"."added_in" <= "t4"."known"
        AND (
          (
            "t10"."removed_in" IS NULL
          ) OR (
            "t10"."removed_in" > "t4"."known"
          )
        )
    ) AS "t12"
  ) AS "t13"
  WHERE
    "t13"."rank" = 0
) AS "t16"
  ON "t18"."day" = "t16"."day" AND "t18"."holder_id" = "t16"."holder_id"

-- name: agreements.reads
agreements effective_on kind number opened received_on review term_from term_to union_id voided_on
unions * area_id

-- name: agreed.sums.now
SELECT
  "t21"."leaf_id",
  "t21"."day",
  COUNT(*) AS "agreements.employers",
  COUNT(*) FILTER(WHERE
    "t21"."most_0" IS NOT NULL) AS "agreements.employers.single",
  COUNT(*) FILTER(WHERE
    "t21"."most_1" IS NOT NULL) AS "agreements.employers.regional",
  COUNT(*) FILTER(WHERE
    "t21"."most_2" IS NOT NULL) AS "agreements.employers.industry",
  COUNT(*) FILTER(WHERE
    "t21"."kinds" >= 2) AS "agreements.employers.overlap",
  SUM(CAST("t21"."most" AS INTEGER)) AS "agreements.workers",
  SUM(CAST("t21"."most_0" AS INTEGER)) FILTER(WHERE
    "t21"."most_0" IS NOT NULL) AS "agreements.workers.single",
  SUM(CAST("t21"."most_1" AS INTEGER)) FILTER(WHERE
    "t21"."most_1" IS NOT NULL) AS "agreements.workers.regional",
  SUM(CAST("t21"."most_2" AS INTEGER)) FILTER(WHERE
    "t21"."most_2" IS NOT NULL) AS "agreements.workers.industry",
  SUM("t21"."repeated") FILTER(WHERE
    "t21"."kinds" >= 2) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t14"."day",
    "t14"."code",
    "t14"."name",
    "t14"."nature",
    "t14"."entity_id",
    "t14"."leaf_id",
    "t20"."most_0",
    "t20"."most_1",
    "t20"."most_2",
    IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t20"."most_0", 0) + COALESCE("t20"."most_1", 0) + COALESCE("t20"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "repeated",
    IIF("t20"."most_0" IS NOT NULL, 1, 0) + IIF("t20"."most_1" IS NOT NULL, 1, 0) + IIF("t20"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."most_0") AS "most_0",
      MAX("t18"."most_1") AS "most_1",
      MAX("t18"."most_2") AS "most_2"
    FROM (
      SELECT
        "t4"."day",
        "t9"."employer_id",
        IIF("t17"."kind" = '单独', "t9"."staff", NULL) AS "most_0",
        IIF("t17"."kind" = '区域性', "t9"."staff", NULL) AS "most_1",
        IIF("t17"."kind" = '行业性', "t9"."staff", NULL) AS "most_2"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementcoverageversion" AS "t2"
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
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t12"."day",
            "t12"."year_from",
            "t12"."number",
            "t12"."kind",
            "t12"."opened",
            "t12"."entry_id" AS "entity_id",
            "t12"."union_id" AS "holder_id",
            IIF(
              (
                "t12"."term_from" <= "t12"."day"
              )
              AND (
                "t12"."term_to" >= "t12"."day"
              )
              AND (
                (
                  "t12"."effective_on" <= "t12"."day"
                )
                OR (
                  (
                    "t12"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t12"."review" IS NULL
                    ) OR (
                      "t12"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t12"."received_on" <= "t12"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t10"."entry_id",
              "t10"."number",
              "t10"."kind",
              "t10"."union_id",
              "t10"."opened",
              "t10"."term_from",
              "t10"."term_to",
              "t10"."effective_on",
              "t10"."received_on",
              "t10"."review",
              "t10"."voided_on"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
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
          ) AS "t12"
          WHERE
            (
              "t12"."voided_on" IS NULL
            ) OR (
              "t12"."voided_on" > "t12"."day"
            )
        ) AS "t15"
        WHERE
          "t15"."in_force" = 1
      ) AS "t17"
        ON "t4"."day" = "t17"."day" AND "t9"."agreement_id" = "t17"."entity_id"
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t14"."day" = "t20"."day" AND "t14"."entity_id" = "t20"."employer_id"
) AS "t21"
GROUP BY
  1,
  2

-- name: agreed.sums.known
SELECT
  "t18"."leaf_id",
  "t18"."day",
  COUNT(*) AS "agreements.employers",
  COUNT(*) FILTER(WHERE
    "t18"."most_0" IS NOT NULL) AS "agreements.employers.single",
  COUNT(*) FILTER(WHERE
    "t18"."most_1" IS NOT NULL) AS "agreements.employers.regional",
  COUNT(*) FILTER(WHERE
    "t18"."most_2" IS NOT NULL) AS "agreements.employers.industry",
  COUNT(*) FILTER(WHERE
    "t18"."kinds" >= 2) AS "agreements.employers.overlap",
  SUM(CAST("t18"."most" AS INTEGER)) AS "agreements.workers",
  SUM(CAST("t18"."most_0" AS INTEGER)) FILTER(WHERE
    "t18"."most_0" IS NOT NULL) AS "agreements.workers.single",
  SUM(CAST("t18"."most_1" AS INTEGER)) FILTER(WHERE
    "t18"."most_1" IS NOT NULL) AS "agreements.workers.regional",
  SUM(CAST("t18"."most_2" AS INTEGER)) FILTER(WHERE
    "t18"."most_2" IS NOT NULL) AS "agreements.workers.industry",
  SUM("t18"."repeated") FILTER(WHERE
    "t18"."kinds" >= 2) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."nature",
    "t11"."entity_id",
    "t11"."leaf_id",
    "t17"."most_0",
    "t17"."most_1",
    "t17"."most_2",
    IIF(
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ) >= COALESCE("t17"."most_2", 0),
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ),
      COALESCE("t17"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t17"."most_0", 0) + COALESCE("t17"."most_1", 0) + COALESCE("t17"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ) >= COALESCE("t17"."most_2", 0),
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ),
      COALESCE("t17"."most_2", 0)
    ) AS "repeated",
    IIF("t17"."most_0" IS NOT NULL, 1, 0) + IIF("t17"."most_1" IS NOT NULL, 1, 0) + IIF("t17"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
  ) AS "t11"
  INNER JOIN (
    SELECT
      "t15"."day",
      "t15"."employer_id",
      MAX("t15"."most_0") AS "most_0",
      MAX("t15"."most_1") AS "most_1",
      MAX("t15"."most_2") AS "most_2"
    FROM (
      SELECT
        "t4"."day",
        "t6"."employer_id",
        IIF("t14"."kind" = '单独', "t6"."staff", NULL) AS "most_0",
        IIF("t14"."kind" = '区域性', "t6"."staff", NULL) AS "most_1",
        IIF("t14"."kind" = '行业性', "t6"."staff", NULL) AS "most_2"
      FROM "days" AS "t4"
      INNER JOIN "bargaining_agreementcoverageversion" AS "t6"
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
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t9"."day",
            "t9"."year_from",
            "t9"."number",
            "t9"."kind",
            "t9"."opened",
            "t9"."entry_id" AS "entity_id",
            "t9"."union_id" AS "holder_id",
            IIF(
              (
                "t9"."term_from" <= "t9"."day"
              )
              AND (
                "t9"."term_to" >= "t9"."day"
              )
              AND (
                (
                  "t9"."effective_on" <= "t9"."day"
                )
                OR (
                  (
                    "t9"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t9"."review" IS NULL
                    ) OR (
                      "t9"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t9"."received_on" <= "t9"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id",
              "t7"."number",
              "t7"."kind",
              "t7"."union_id",
              "t7"."opened",
              "t7"."term_from",
              "t7"."term_to",
              "t7"."effective_on",
              "t7"."received_on",
              "t7"."review",
              "t7"."voided_on"
            FROM "days" AS "t4"
            INNER JOIN "bargaining_agreementversion" AS "t7"
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
          ) AS "t9"
          WHERE
            (
              "t9"."voided_on" IS NULL
            ) OR (
              "t9"."voided_on" > "t9"."day"
            )
        ) AS "t12"
        WHERE
          "t12"."in_force" = 1
      ) AS "t14"
        ON "t4"."day" = "t14"."day" AND "t6"."agreement_id" = "t14"."entity_id"
    ) AS "t15"
    GROUP BY
      1,
      2
  ) AS "t17"
    ON "t11"."day" = "t17"."day" AND "t11"."entity_id" = "t17"."employer_id"
) AS "t18"
GROUP BY
  1,
  2

-- name: agreed.sums.now.affiliation
SELECT
  "t24"."leaf_id",
  "t24"."day",
  COUNT(*) AS "agreements.employers",
  COUNT(*) FILTER(WHERE
    "t24"."most_0" IS NOT NULL) AS "agreements.employers.single",
  COUNT(*) FILTER(WHERE
    "t24"."most_1" IS NOT NULL) AS "agreements.employers.regional",
  COUNT(*) FILTER(WHERE
    "t24"."most_2" IS NOT NULL) AS "agreements.employers.industry",
  COUNT(*) FILTER(WHERE
    "t24"."kinds" >= 2) AS "agreements.employers.overlap",
  SUM(CAST("t24"."most" AS INTEGER)) AS "agreements.workers",
  SUM(CAST("t24"."most_0" AS INTEGER)) FILTER(WHERE
    "t24"."most_0" IS NOT NULL) AS "agreements.workers.single",
  SUM(CAST("t24"."most_1" AS INTEGER)) FILTER(WHERE
    "t24"."most_1" IS NOT NULL) AS "agreements.workers.regional",
  SUM(CAST("t24"."most_2" AS INTEGER)) FILTER(WHERE
    "t24"."most_2" IS NOT NULL) AS "agreements.workers.industry",
  SUM("t24"."repeated") FILTER(WHERE
    "t24"."kinds" >= 2) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t17"."day",
    "t17"."code",
    "t17"."name",
    "t17"."nature",
    "t17"."entity_id",
    "t17"."leaf_id",
    "t23"."most_0",
    "t23"."most_1",
    "t23"."most_2",
    IIF(
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ) >= COALESCE("t23"."most_2", 0),
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ),
      COALESCE("t23"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t23"."most_0", 0) + COALESCE("t23"."most_1", 0) + COALESCE("t23"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ) >= COALESCE("t23"."most_2", 0),
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ),
      COALESCE("t23"."most_2", 0)
    ) AS "repeated",
    IIF("t23"."most_0" IS NOT NULL, 1, 0) + IIF("t23"."most_1" IS NOT NULL, 1, 0) + IIF("t23"."most_2" IS NOT NULL, 1, 0) AS "kinds"
  FROM (
    SELECT
      "t14"."day",
      "t14"."code",
      "t14"."name",
      "t14"."nature",
      "t14"."staff",
      "t14"."entry_id" AS "entity_id",
      "t14"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t10"."entry_id",
        "t10"."code",
        "t10"."name",
        "t10"."area_id",
        "t10"."nature",
        "t10"."staff",
        "t10"."status"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t10"
        ON "t10"."valid_from" <= "t5"."day"
        AND (
          (
            "t10"."valid_to" IS NULL
          ) OR (
            "t10"."valid_to" > "t5"."day"
          )
        )
    ) AS "t14"
    WHERE
      "t14"."status" = '在业'
  ) AS "t17"
  INNER JOIN (
    SELECT
      "t21"."day",
      "t21"."employer_id",
      MAX("t21"."most_0") AS "most_0",
      MAX("t21"."most_1") AS "most_1",
      MAX("t21"."most_2") AS "most_2"
    FROM (
      SELECT
        "t5"."day",
        "t11"."employer_id",
        IIF("t20"."kind" = '单独', "t11"."staff", NULL) AS "most_0",
        IIF("t20"."kind" = '区域性', "t11"."staff", NULL) AS "most_1",
        IIF("t20"."kind" = '行业性', "t11"."staff", NULL) AS "most_2"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementcoverageversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t11"
        ON "t11"."valid_from" <= "t5"."day"
        AND (
          (
            "t11"."valid_to" IS NULL
          ) OR (
            "t11"."valid_to" > "t5"."day"
          )
        )
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t16"."day",
            "t16"."year_from",
            "t16"."number",
            "t16"."kind",
            "t16"."opened",
            "t16"."entry_id" AS "entity_id",
            "t16"."union_id" AS "holder_id",
            IIF(
              (
                "t16"."term_from" <= "t16"."day"
              )
              AND (
                "t16"."term_to" >= "t16"."day"
              )
              AND (
                (
                  "t16"."effective_on" <= "t16"."day"
                )
                OR (
                  (
                    "t16"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t16"."review" IS NULL
                    ) OR (
                      "t16"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t16"."received_on" <= "t16"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t13"."entry_id",
              "t13"."number",
              "t13"."kind",
              "t13"."union_id",
              "t13"."opened",
              "t13"."term_from",
              "t13"."term_to",
              "t13"."effective_on",
              "t13"."received_on",
              "t13"."review",
              "t13"."voided_on"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "bargaining_agreementversion" AS "t3"
                WHERE
                  "t3"."removed_in" IS NULL
              ) AS "t9"
              WHERE
                "t9"."union_id" IN (
                  SELECT
                    *
                  FROM "chosen" AS "t4"
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
          ) AS "t16"
          WHERE
            (
              "t16"."voided_on" IS NULL
            ) OR (
              "t16"."voided_on" > "t16"."day"
            )
        ) AS "t18"
        WHERE
          "t18"."in_force" = 1
      ) AS "t20"
        ON "t5"."day" = "t20"."day" AND "t11"."agreement_id" = "t20"."entity_id"
    ) AS "t21"
    GROUP BY
      1,
      2
  ) AS "t23"
    ON "t17"."day" = "t23"."day" AND "t17"."entity_id" = "t23"."employer_id"
) AS "t24"
GROUP BY
  1,
  2

-- name: agreed.sums.known.affiliation
SELECT
  "t21"."leaf_id",
  "t21"."day",
  COUNT(*) AS "agreements.employers",
  COUNT(*) FILTER(WHERE
    "t21"."most_0" IS NOT NULL) AS "agreements.employers.single",
  COUNT(*) FILTER(WHERE
    "t21"."most_1" IS NOT NULL) AS "agreements.employers.regional",
  COUNT(*) FILTER(WHERE
    "t21"."most_2" IS NOT NULL) AS "agreements.employers.industry",
  COUNT(*) FILTER(WHERE
    "t21"."kinds" >= 2) AS "agreements.employers.overlap",
  SUM(CAST("t21"."most" AS INTEGER)) AS "agreements.workers",
  SUM(CAST("t21"."most_0" AS INTEGER)) FILTER(WHERE
    "t21"."most_0" IS NOT NULL) AS "agreements.workers.single",
  SUM(CAST("t21"."most_1" AS INTEGER)) FILTER(WHERE
    "t21"."most_1" IS NOT NULL) AS "agreements.workers.regional",
  SUM(CAST("t21"."most_2" AS INTEGER)) FILTER(WHERE
    "t21"."most_2" IS NOT NULL) AS "agreements.workers.industry",
  SUM("t21"."repeated") FILTER(WHERE
    "t21"."kinds" >= 2) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t13"."day",
    "t13"."code",
    "t13"."name",
    "t13"."nature",
    "t13"."entity_id",
    "t13"."leaf_id",
    "t20"."most_0",
    "t20"."most_1",
    "t20"."most_2",
    IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t20"."most_0", 0) + COALESCE("t20"."most_1", 0) + COALESCE("t20"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "repeated",
    IIF("t20"."most_0" IS NOT NULL, 1, 0) + IIF("t20"."most_1" IS NOT NULL, 1, 0) + IIF("t20"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
  ) AS "t13"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."most_0") AS "most_0",
      MAX("t18"."most_1") AS "most_1",
      MAX("t18"."most_2") AS "most_2"
    FROM (
      SELECT
        "t5"."day",
        "t7"."employer_id",
        IIF("t17"."kind" = '单独', "t7"."staff", NULL) AS "most_0",
        IIF("t17"."kind" = '区域性', "t7"."staff", NULL) AS "most_1",
        IIF("t17"."kind" = '行业性', "t7"."staff", NULL) AS "most_2"
      FROM "days" AS "t5"
      INNER JOIN "bargaining_agreementcoverageversion" AS "t7"
        ON "t7"."valid_from" <= "t5"."day"
        AND (
          (
            "t7"."valid_to" IS NULL
          ) OR (
            "t7"."valid_to" > "t5"."day"
          )
        )
        AND "t7"."added_in" <= "t5"."known"
        AND (
          (
            "t7"."removed_in" IS NULL
          ) OR (
            "t7"."removed_in" > "t5"."known"
          )
        )
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t14"."day",
            "t14"."year_from",
            "t14"."number",
            "t14"."kind",
            "t14"."opened",
            "t14"."entry_id" AS "entity_id",
            "t14"."union_id" AS "holder_id",
            IIF(
              (
                "t14"."term_from" <= "t14"."day"
              )
              AND (
                "t14"."term_to" >= "t14"."day"
              )
              AND (
                (
                  "t14"."effective_on" <= "t14"."day"
                )
                OR (
                  (
                    "t14"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t14"."review" IS NULL
                    ) OR (
                      "t14"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t14"."received_on" <= "t14"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t10"."entry_id",
              "t10"."number",
              "t10"."kind",
              "t10"."union_id",
              "t10"."opened",
              "t10"."term_from",
              "t10"."term_to",
              "t10"."effective_on",
              "t10"."received_on",
              "t10"."review",
              "t10"."voided_on"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
              WHERE
                "t3"."union_id" IN (
                  SELECT
                    *
                  FROM "chosen" AS "t4"
                )
            ) AS "t10"
              ON "t10"."valid_from" <= "t5"."day"
              AND (
                (
                  "t10"."valid_to" IS NULL
                ) OR (
                  "t10"."valid_to" > "t5"."day"
                )
              )
              AND "t10"."added_in" <= "t5"."known"
              AND (
                (
                  "t10"."removed_in" IS NULL
                ) OR (
                  "t10"."removed_in" > "t5"."known"
                )
              )
          ) AS "t14"
          WHERE
            (
              "t14"."voided_on" IS NULL
            ) OR (
              "t14"."voided_on" > "t14"."day"
            )
        ) AS "t15"
        WHERE
          "t15"."in_force" = 1
      ) AS "t17"
        ON "t5"."day" = "t17"."day" AND "t7"."agreement_id" = "t17"."entity_id"
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t13"."day" = "t20"."day" AND "t13"."entity_id" = "t20"."employer_id"
) AS "t21"
GROUP BY
  1,
  2

-- name: agreed.rows.now
SELECT
  "t21"."day",
  "t21"."entity_id",
  "t21"."leaf_id",
  "t21"."code" AS "key",
  "t21"."name",
  CAST(1 AS INTEGER) AS "agreements.employers",
  IIF("t21"."most_0" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.single",
  IIF("t21"."most_1" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.regional",
  IIF("t21"."most_2" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.industry",
  IIF("t21"."kinds" >= 2, CAST(1 AS INTEGER), NULL) AS "agreements.employers.overlap",
  CAST("t21"."most" AS INTEGER) AS "agreements.workers",
  IIF("t21"."most_0" IS NOT NULL, CAST("t21"."most_0" AS INTEGER), NULL) AS "agreements.workers.single",
  IIF("t21"."most_1" IS NOT NULL, CAST("t21"."most_1" AS INTEGER), NULL) AS "agreements.workers.regional",
  IIF("t21"."most_2" IS NOT NULL, CAST("t21"."most_2" AS INTEGER), NULL) AS "agreements.workers.industry",
  IIF("t21"."kinds" >= 2, "t21"."repeated", NULL) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t14"."day",
    "t14"."code",
    "t14"."name",
    "t14"."nature",
    "t14"."entity_id",
    "t14"."leaf_id",
    "t20"."most_0",
    "t20"."most_1",
    "t20"."most_2",
    IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t20"."most_0", 0) + COALESCE("t20"."most_1", 0) + COALESCE("t20"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "repeated",
    IIF("t20"."most_0" IS NOT NULL, 1, 0) + IIF("t20"."most_1" IS NOT NULL, 1, 0) + IIF("t20"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."most_0") AS "most_0",
      MAX("t18"."most_1") AS "most_1",
      MAX("t18"."most_2") AS "most_2"
    FROM (
      SELECT
        "t4"."day",
        "t9"."employer_id",
        IIF("t17"."kind" = '单独', "t9"."staff", NULL) AS "most_0",
        IIF("t17"."kind" = '区域性', "t9"."staff", NULL) AS "most_1",
        IIF("t17"."kind" = '行业性', "t9"."staff", NULL) AS "most_2"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementcoverageversion" AS "t2"
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
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t12"."day",
            "t12"."year_from",
            "t12"."number",
            "t12"."kind",
            "t12"."opened",
            "t12"."entry_id" AS "entity_id",
            "t12"."union_id" AS "holder_id",
            IIF(
              (
                "t12"."term_from" <= "t12"."day"
              )
              AND (
                "t12"."term_to" >= "t12"."day"
              )
              AND (
                (
                  "t12"."effective_on" <= "t12"."day"
                )
                OR (
                  (
                    "t12"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t12"."review" IS NULL
                    ) OR (
                      "t12"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t12"."received_on" <= "t12"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t10"."entry_id",
              "t10"."number",
              "t10"."kind",
              "t10"."union_id",
              "t10"."opened",
              "t10"."term_from",
              "t10"."term_to",
              "t10"."effective_on",
              "t10"."received_on",
              "t10"."review",
              "t10"."voided_on"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
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
          ) AS "t12"
          WHERE
            (
              "t12"."voided_on" IS NULL
            ) OR (
              "t12"."voided_on" > "t12"."day"
            )
        ) AS "t15"
        WHERE
          "t15"."in_force" = 1
      ) AS "t17"
        ON "t4"."day" = "t17"."day" AND "t9"."agreement_id" = "t17"."entity_id"
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t14"."day" = "t20"."day" AND "t14"."entity_id" = "t20"."employer_id"
) AS "t21"

-- name: agreed.rows.known
SELECT
  "t18"."day",
  "t18"."entity_id",
  "t18"."leaf_id",
  "t18"."code" AS "key",
  "t18"."name",
  CAST(1 AS INTEGER) AS "agreements.employers",
  IIF("t18"."most_0" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.single",
  IIF("t18"."most_1" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.regional",
  IIF("t18"."most_2" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.industry",
  IIF("t18"."kinds" >= 2, CAST(1 AS INTEGER), NULL) AS "agreements.employers.overlap",
  CAST("t18"."most" AS INTEGER) AS "agreements.workers",
  IIF("t18"."most_0" IS NOT NULL, CAST("t18"."most_0" AS INTEGER), NULL) AS "agreements.workers.single",
  IIF("t18"."most_1" IS NOT NULL, CAST("t18"."most_1" AS INTEGER), NULL) AS "agreements.workers.regional",
  IIF("t18"."most_2" IS NOT NULL, CAST("t18"."most_2" AS INTEGER), NULL) AS "agreements.workers.industry",
  IIF("t18"."kinds" >= 2, "t18"."repeated", NULL) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."nature",
    "t11"."entity_id",
    "t11"."leaf_id",
    "t17"."most_0",
    "t17"."most_1",
    "t17"."most_2",
    IIF(
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ) >= COALESCE("t17"."most_2", 0),
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ),
      COALESCE("t17"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t17"."most_0", 0) + COALESCE("t17"."most_1", 0) + COALESCE("t17"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ) >= COALESCE("t17"."most_2", 0),
      IIF(
        COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0),
        COALESCE("t17"."most_0", 0),
        COALESCE("t17"."most_1", 0)
      ),
      COALESCE("t17"."most_2", 0)
    ) AS "repeated",
    IIF("t17"."most_0" IS NOT NULL, 1, 0) + IIF("t17"."most_1" IS NOT NULL, 1, 0) + IIF("t17"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
  ) AS "t11"
  INNER JOIN (
    SELECT
      "t15"."day",
      "t15"."employer_id",
      MAX("t15"."most_0") AS "most_0",
      MAX("t15"."most_1") AS "most_1",
      MAX("t15"."most_2") AS "most_2"
    FROM (
      SELECT
        "t4"."day",
        "t6"."employer_id",
        IIF("t14"."kind" = '单独', "t6"."staff", NULL) AS "most_0",
        IIF("t14"."kind" = '区域性', "t6"."staff", NULL) AS "most_1",
        IIF("t14"."kind" = '行业性', "t6"."staff", NULL) AS "most_2"
      FROM "days" AS "t4"
      INNER JOIN "bargaining_agreementcoverageversion" AS "t6"
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
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t9"."day",
            "t9"."year_from",
            "t9"."number",
            "t9"."kind",
            "t9"."opened",
            "t9"."entry_id" AS "entity_id",
            "t9"."union_id" AS "holder_id",
            IIF(
              (
                "t9"."term_from" <= "t9"."day"
              )
              AND (
                "t9"."term_to" >= "t9"."day"
              )
              AND (
                (
                  "t9"."effective_on" <= "t9"."day"
                )
                OR (
                  (
                    "t9"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t9"."review" IS NULL
                    ) OR (
                      "t9"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t9"."received_on" <= "t9"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id",
              "t7"."number",
              "t7"."kind",
              "t7"."union_id",
              "t7"."opened",
              "t7"."term_from",
              "t7"."term_to",
              "t7"."effective_on",
              "t7"."received_on",
              "t7"."review",
              "t7"."voided_on"
            FROM "days" AS "t4"
            INNER JOIN "bargaining_agreementversion" AS "t7"
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
          ) AS "t9"
          WHERE
            (
              "t9"."voided_on" IS NULL
            ) OR (
              "t9"."voided_on" > "t9"."day"
            )
        ) AS "t12"
        WHERE
          "t12"."in_force" = 1
      ) AS "t14"
        ON "t4"."day" = "t14"."day" AND "t6"."agreement_id" = "t14"."entity_id"
    ) AS "t15"
    GROUP BY
      1,
      2
  ) AS "t17"
    ON "t11"."day" = "t17"."day" AND "t11"."entity_id" = "t17"."employer_id"
) AS "t18"

-- name: agreed.rows.now.entities
WITH "t6" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t26"."day",
  "t26"."entity_id",
  "t26"."leaf_id",
  "t26"."code" AS "key",
  "t26"."name",
  CAST(1 AS INTEGER) AS "agreements.employers",
  IIF("t26"."most_0" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.single",
  IIF("t26"."most_1" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.regional",
  IIF("t26"."most_2" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.industry",
  IIF("t26"."kinds" >= 2, CAST(1 AS INTEGER), NULL) AS "agreements.employers.overlap",
  CAST("t26"."most" AS INTEGER) AS "agreements.workers",
  IIF("t26"."most_0" IS NOT NULL, CAST("t26"."most_0" AS INTEGER), NULL) AS "agreements.workers.single",
  IIF("t26"."most_1" IS NOT NULL, CAST("t26"."most_1" AS INTEGER), NULL) AS "agreements.workers.regional",
  IIF("t26"."most_2" IS NOT NULL, CAST("t26"."most_2" AS INTEGER), NULL) AS "agreements.workers.industry",
  IIF("t26"."kinds" >= 2, "t26"."repeated", NULL) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."nature",
    "t19"."entity_id",
    "t19"."leaf_id",
    "t25"."most_0",
    "t25"."most_1",
    "t25"."most_2",
    IIF(
      IIF(
        COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
        COALESCE("t25"."most_0", 0),
        COALESCE("t25"."most_1", 0)
      ) >= COALESCE("t25"."most_2", 0),
      IIF(
        COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
        COALESCE("t25"."most_0", 0),
        COALESCE("t25"."most_1", 0)
      ),
      COALESCE("t25"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t25"."most_0", 0) + COALESCE("t25"."most_1", 0) + COALESCE("t25"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
        COALESCE("t25"."most_0", 0),
        COALESCE("t25"."most_1", 0)
      ) >= COALESCE("t25"."most_2", 0),
      IIF(
        COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
        COALESCE("t25"."most_0", 0),
        COALESCE("t25"."most_1", 0)
      ),
      COALESCE("t25"."most_2", 0)
    ) AS "repeated",
    IIF("t25"."most_0" IS NOT NULL, 1, 0) + IIF("t25"."most_1" IS NOT NULL, 1, 0) + IIF("t25"."most_2" IS NOT NULL, 1, 0) AS "kinds"
  FROM (
    SELECT
      "t17"."day",
      "t17"."code",
      "t17"."name",
      "t17"."nature",
      "t17"."staff",
      "t17"."entry_id" AS "entity_id",
      "t17"."area_id" AS "leaf_id"
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
    ) AS "t17"
    WHERE
      "t17"."status" = '在业'
  ) AS "t19"
  INNER JOIN (
    SELECT
      "t23"."day",
      "t23"."employer_id",
      MAX("t23"."most_0") AS "most_0",
      MAX("t23"."most_1") AS "most_1",
      MAX("t23"."most_2") AS "most_2"
    FROM (
      SELECT
        "t5"."day",
        "t15"."employer_id",
        IIF("t22"."kind" = '单独', "t15"."staff", NULL) AS "most_0",
        IIF("t22"."kind" = '区域性', "t15"."staff", NULL) AS "most_1",
        IIF("t22"."kind" = '行业性', "t15"."staff", NULL) AS "most_2"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "bargaining_agreementcoverageversion" AS "t2"
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
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t16"."day",
            "t16"."year_from",
            "t16"."number",
            "t16"."kind",
            "t16"."opened",
            "t16"."entry_id" AS "entity_id",
            "t16"."union_id" AS "holder_id",
            IIF(
              (
                "t16"."term_from" <= "t16"."day"
              )
              AND (
                "t16"."term_to" >= "t16"."day"
              )
              AND (
                (
                  "t16"."effective_on" <= "t16"."day"
                )
                OR (
                  (
                    "t16"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t16"."review" IS NULL
                    ) OR (
                      "t16"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t16"."received_on" <= "t16"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t11"."entry_id",
              "t11"."number",
              "t11"."kind",
              "t11"."union_id",
              "t11"."opened",
              "t11"."term_from",
              "t11"."term_to",
              "t11"."effective_on",
              "t11"."received_on",
              "t11"."review",
              "t11"."voided_on"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t4"
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
          ) AS "t16"
          WHERE
            (
              "t16"."voided_on" IS NULL
            ) OR (
              "t16"."voided_on" > "t16"."day"
            )
        ) AS "t20"
        WHERE
          "t20"."in_force" = 1
      ) AS "t22"
        ON "t5"."day" = "t22"."day" AND "t15"."agreement_id" = "t22"."entity_id"
    ) AS "t23"
    GROUP BY
      1,
      2
  ) AS "t25"
    ON "t19"."day" = "t25"."day" AND "t19"."entity_id" = "t25"."employer_id"
) AS "t26"

-- name: agreed.rows.known.entities
WITH "t7" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t23"."day",
  "t23"."entity_id",
  "t23"."leaf_id",
  "t23"."code" AS "key",
  "t23"."name",
  CAST(1 AS INTEGER) AS "agreements.employers",
  IIF("t23"."most_0" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.single",
  IIF("t23"."most_1" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.regional",
  IIF("t23"."most_2" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.industry",
  IIF("t23"."kinds" >= 2, CAST(1 AS INTEGER), NULL) AS "agreements.employers.overlap",
  CAST("t23"."most" AS INTEGER) AS "agreements.workers",
  IIF("t23"."most_0" IS NOT NULL, CAST("t23"."most_0" AS INTEGER), NULL) AS "agreements.workers.single",
  IIF("t23"."most_1" IS NOT NULL, CAST("t23"."most_1" AS INTEGER), NULL) AS "agreements.workers.regional",
  IIF("t23"."most_2" IS NOT NULL, CAST("t23"."most_2" AS INTEGER), NULL) AS "agreements.workers.industry",
  IIF("t23"."kinds" >= 2, "t23"."repeated", NULL) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t16"."day",
    "t16"."code",
    "t16"."name",
    "t16"."nature",
    "t16"."entity_id",
    "t16"."leaf_id",
    "t22"."most_0",
    "t22"."most_1",
    "t22"."most_2",
    IIF(
      IIF(
        COALESCE("t22"."most_0", 0) >= COALESCE("t22"."most_1", 0),
        COALESCE("t22"."most_0", 0),
        COALESCE("t22"."most_1", 0)
      ) >= COALESCE("t22"."most_2", 0),
      IIF(
        COALESCE("t22"."most_0", 0) >= COALESCE("t22"."most_1", 0),
        COALESCE("t22"."most_0", 0),
        COALESCE("t22"."most_1", 0)
      ),
      COALESCE("t22"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t22"."most_0", 0) + COALESCE("t22"."most_1", 0) + COALESCE("t22"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t22"."most_0", 0) >= COALESCE("t22"."most_1", 0),
        COALESCE("t22"."most_0", 0),
        COALESCE("t22"."most_1", 0)
      ) >= COALESCE("t22"."most_2", 0),
      IIF(
        COALESCE("t22"."most_0", 0) >= COALESCE("t22"."most_1", 0),
        COALESCE("t22"."most_0", 0),
        COALESCE("t22"."most_1", 0)
      ),
      COALESCE("t22"."most_2", 0)
    ) AS "repeated",
    IIF("t22"."most_0" IS NOT NULL, 1, 0) + IIF("t22"."most_1" IS NOT NULL, 1, 0) + IIF("t22"."most_2" IS NOT NULL, 1, 0) AS "kinds"
  FROM (
    SELECT
      "t14"."day",
      "t14"."code",
      "t14"."name",
      "t14"."nature",
      "t14"."staff",
      "t14"."entry_id" AS "entity_id",
      "t14"."area_id" AS "leaf_id"
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
    ) AS "t14"
    WHERE
      "t14"."status" = '在业'
  ) AS "t16"
  INNER JOIN (
    SELECT
      "t20"."day",
      "t20"."employer_id",
      MAX("t20"."most_0") AS "most_0",
      MAX("t20"."most_1") AS "most_1",
      MAX("t20"."most_2") AS "most_2"
    FROM (
      SELECT
        "t5"."day",
        "t12"."employer_id",
        IIF("t19"."kind" = '单独', "t12"."staff", NULL) AS "most_0",
        IIF("t19"."kind" = '区域性', "t12"."staff", NULL) AS "most_1",
        IIF("t19"."kind" = '行业性', "t12"."staff", NULL) AS "most_2"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementcoverageversion" AS "t2"
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
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t13"."day",
            "t13"."year_from",
            "t13"."number",
            "t13"."kind",
            "t13"."opened",
            "t13"."entry_id" AS "entity_id",
            "t13"."union_id" AS "holder_id",
            IIF(
              (
                "t13"."term_from" <= "t13"."day"
              )
              AND (
                "t13"."term_to" >= "t13"."day"
              )
              AND (
                (
                  "t13"."effective_on" <= "t13"."day"
                )
                OR (
                  (
                    "t13"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t13"."review" IS NULL
                    ) OR (
                      "t13"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t13"."received_on" <= "t13"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t6"."entry_id",
              "t6"."number",
              "t6"."kind",
              "t6"."union_id",
              "t6"."opened",
              "t6"."term_from",
              "t6"."term_to",
              "t6"."effective_on",
              "t6"."received_on",
              "t6"."review",
              "t6"."voided_on"
            FROM "days" AS "t5"
            INNER JOIN "bargaining_agreementversion" AS "t6"
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
          ) AS "t13"
          WHERE
            (
              "t13"."voided_on" IS NULL
            ) OR (
              "t13"."voided_on" > "t13"."day"
            )
        ) AS "t17"
        WHERE
          "t17"."in_force" = 1
      ) AS "t19"
        ON "t5"."day" = "t19"."day" AND "t12"."agreement_id" = "t19"."entity_id"
    ) AS "t20"
    GROUP BY
      1,
      2
  ) AS "t22"
    ON "t16"."day" = "t22"."day" AND "t16"."entity_id" = "t22"."employer_id"
) AS "t23"

-- name: agreed.rows.now.affiliation
SELECT
  "t24"."day",
  "t24"."entity_id",
  "t24"."leaf_id",
  "t24"."code" AS "key",
  "t24"."name",
  CAST(1 AS INTEGER) AS "agreements.employers",
  IIF("t24"."most_0" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.single",
  IIF("t24"."most_1" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.regional",
  IIF("t24"."most_2" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.industry",
  IIF("t24"."kinds" >= 2, CAST(1 AS INTEGER), NULL) AS "agreements.employers.overlap",
  CAST("t24"."most" AS INTEGER) AS "agreements.workers",
  IIF("t24"."most_0" IS NOT NULL, CAST("t24"."most_0" AS INTEGER), NULL) AS "agreements.workers.single",
  IIF("t24"."most_1" IS NOT NULL, CAST("t24"."most_1" AS INTEGER), NULL) AS "agreements.workers.regional",
  IIF("t24"."most_2" IS NOT NULL, CAST("t24"."most_2" AS INTEGER), NULL) AS "agreements.workers.industry",
  IIF("t24"."kinds" >= 2, "t24"."repeated", NULL) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t17"."day",
    "t17"."code",
    "t17"."name",
    "t17"."nature",
    "t17"."entity_id",
    "t17"."leaf_id",
    "t23"."most_0",
    "t23"."most_1",
    "t23"."most_2",
    IIF(
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ) >= COALESCE("t23"."most_2", 0),
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ),
      COALESCE("t23"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t23"."most_0", 0) + COALESCE("t23"."most_1", 0) + COALESCE("t23"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ) >= COALESCE("t23"."most_2", 0),
      IIF(
        COALESCE("t23"."most_0", 0) >= COALESCE("t23"."most_1", 0),
        COALESCE("t23"."most_0", 0),
        COALESCE("t23"."most_1", 0)
      ),
      COALESCE("t23"."most_2", 0)
    ) AS "repeated",
    IIF("t23"."most_0" IS NOT NULL, 1, 0) + IIF("t23"."most_1" IS NOT NULL, 1, 0) + IIF("t23"."most_2" IS NOT NULL, 1, 0) AS "kinds"
  FROM (
    SELECT
      "t14"."day",
      "t14"."code",
      "t14"."name",
      "t14"."nature",
      "t14"."staff",
      "t14"."entry_id" AS "entity_id",
      "t14"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t5"."day",
        "t5"."year_from",
        "t5"."ago_15",
        "t10"."entry_id",
        "t10"."code",
        "t10"."name",
        "t10"."area_id",
        "t10"."nature",
        "t10"."staff",
        "t10"."status"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t10"
        ON "t10"."valid_from" <= "t5"."day"
        AND (
          (
            "t10"."valid_to" IS NULL
          ) OR (
            "t10"."valid_to" > "t5"."day"
          )
        )
    ) AS "t14"
    WHERE
      "t14"."status" = '在业'
  ) AS "t17"
  INNER JOIN (
    SELECT
      "t21"."day",
      "t21"."employer_id",
      MAX("t21"."most_0") AS "most_0",
      MAX("t21"."most_1") AS "most_1",
      MAX("t21"."most_2") AS "most_2"
    FROM (
      SELECT
        "t5"."day",
        "t11"."employer_id",
        IIF("t20"."kind" = '单独', "t11"."staff", NULL) AS "most_0",
        IIF("t20"."kind" = '区域性', "t11"."staff", NULL) AS "most_1",
        IIF("t20"."kind" = '行业性', "t11"."staff", NULL) AS "most_2"
      FROM "days" AS "t5"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementcoverageversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t11"
        ON "t11"."valid_from" <= "t5"."day"
        AND (
          (
            "t11"."valid_to" IS NULL
          ) OR (
            "t11"."valid_to" > "t5"."day"
          )
        )
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t16"."day",
            "t16"."year_from",
            "t16"."number",
            "t16"."kind",
            "t16"."opened",
            "t16"."entry_id" AS "entity_id",
            "t16"."union_id" AS "holder_id",
            IIF(
              (
                "t16"."term_from" <= "t16"."day"
              )
              AND (
                "t16"."term_to" >= "t16"."day"
              )
              AND (
                (
                  "t16"."effective_on" <= "t16"."day"
                )
                OR (
                  (
                    "t16"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t16"."review" IS NULL
                    ) OR (
                      "t16"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t16"."received_on" <= "t16"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t13"."entry_id",
              "t13"."number",
              "t13"."kind",
              "t13"."union_id",
              "t13"."opened",
              "t13"."term_from",
              "t13"."term_to",
              "t13"."effective_on",
              "t13"."received_on",
              "t13"."review",
              "t13"."voided_on"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "bargaining_agreementversion" AS "t3"
                WHERE
                  "t3"."removed_in" IS NULL
              ) AS "t9"
              WHERE
                "t9"."union_id" IN (
                  SELECT
                    *
                  FROM "chosen" AS "t4"
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
          ) AS "t16"
          WHERE
            (
              "t16"."voided_on" IS NULL
            ) OR (
              "t16"."voided_on" > "t16"."day"
            )
        ) AS "t18"
        WHERE
          "t18"."in_force" = 1
      ) AS "t20"
        ON "t5"."day" = "t20"."day" AND "t11"."agreement_id" = "t20"."entity_id"
    ) AS "t21"
    GROUP BY
      1,
      2
  ) AS "t23"
    ON "t17"."day" = "t23"."day" AND "t17"."entity_id" = "t23"."employer_id"
) AS "t24"

-- name: agreed.rows.known.affiliation
SELECT
  "t21"."day",
  "t21"."entity_id",
  "t21"."leaf_id",
  "t21"."code" AS "key",
  "t21"."name",
  CAST(1 AS INTEGER) AS "agreements.employers",
  IIF("t21"."most_0" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.single",
  IIF("t21"."most_1" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.regional",
  IIF("t21"."most_2" IS NOT NULL, CAST(1 AS INTEGER), NULL) AS "agreements.employers.industry",
  IIF("t21"."kinds" >= 2, CAST(1 AS INTEGER), NULL) AS "agreements.employers.overlap",
  CAST("t21"."most" AS INTEGER) AS "agreements.workers",
  IIF("t21"."most_0" IS NOT NULL, CAST("t21"."most_0" AS INTEGER), NULL) AS "agreements.workers.single",
  IIF("t21"."most_1" IS NOT NULL, CAST("t21"."most_1" AS INTEGER), NULL) AS "agreements.workers.regional",
  IIF("t21"."most_2" IS NOT NULL, CAST("t21"."most_2" AS INTEGER), NULL) AS "agreements.workers.industry",
  IIF("t21"."kinds" >= 2, "t21"."repeated", NULL) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t13"."day",
    "t13"."code",
    "t13"."name",
    "t13"."nature",
    "t13"."entity_id",
    "t13"."leaf_id",
    "t20"."most_0",
    "t20"."most_1",
    "t20"."most_2",
    IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "most",
    (
      COALESCE("t20"."most_0", 0) + COALESCE("t20"."most_1", 0) + COALESCE("t20"."most_2", 0)
    ) - IIF(
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ) >= COALESCE("t20"."most_2", 0),
      IIF(
        COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0),
        COALESCE("t20"."most_0", 0),
        COALESCE("t20"."most_1", 0)
      ),
      COALESCE("t20"."most_2", 0)
    ) AS "repeated",
    IIF("t20"."most_0" IS NOT NULL, 1, 0) + IIF("t20"."most_1" IS NOT NULL, 1, 0) + IIF("t20"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
  ) AS "t13"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."most_0") AS "most_0",
      MAX("t18"."most_1") AS "most_1",
      MAX("t18"."most_2") AS "most_2"
    FROM (
      SELECT
        "t5"."day",
        "t7"."employer_id",
        IIF("t17"."kind" = '单独', "t7"."staff", NULL) AS "most_0",
        IIF("t17"."kind" = '区域性', "t7"."staff", NULL) AS "most_1",
        IIF("t17"."kind" = '行业性', "t7"."staff", NULL) AS "most_2"
      FROM "days" AS "t5"
      INNER JOIN "bargaining_agreementcoverageversion" AS "t7"
        ON "t7"."valid_from" <= "t5"."day"
        AND (
          (
            "t7"."valid_to" IS NULL
          ) OR (
            "t7"."valid_to" > "t5"."day"
          )
        )
        AND "t7"."added_in" <= "t5"."known"
        AND (
          (
            "t7"."removed_in" IS NULL
          ) OR (
            "t7"."removed_in" > "t5"."known"
          )
        )
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t14"."day",
            "t14"."year_from",
            "t14"."number",
            "t14"."kind",
            "t14"."opened",
            "t14"."entry_id" AS "entity_id",
            "t14"."union_id" AS "holder_id",
            IIF(
              (
                "t14"."term_from" <= "t14"."day"
              )
              AND (
                "t14"."term_to" >= "t14"."day"
              )
              AND (
                (
                  "t14"."effective_on" <= "t14"."day"
                )
                OR (
                  (
                    "t14"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t14"."review" IS NULL
                    ) OR (
                      "t14"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t14"."received_on" <= "t14"."ago_15"
                  )
                )
              ),
              1,
              0
            ) AS "in_force"
          FROM (
            SELECT
              "t5"."day",
              "t5"."year_from",
              "t5"."ago_15",
              "t10"."entry_id",
              "t10"."number",
              "t10"."kind",
              "t10"."union_id",
              "t10"."opened",
              "t10"."term_from",
              "t10"."term_to",
              "t10"."effective_on",
              "t10"."received_on",
              "t10"."review",
              "t10"."voided_on"
            FROM "days" AS "t5"
            INNER JOIN (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
              WHERE
                "t3"."union_id" IN (
                  SELECT
                    *
                  FROM "chosen" AS "t4"
                )
            ) AS "t10"
              ON "t10"."valid_from" <= "t5"."day"
              AND (
                (
                  "t10"."valid_to" IS NULL
                ) OR (
                  "t10"."valid_to" > "t5"."day"
                )
              )
              AND "t10"."added_in" <= "t5"."known"
              AND (
                (
                  "t10"."removed_in" IS NULL
                ) OR (
                  "t10"."removed_in" > "t5"."known"
                )
              )
          ) AS "t14"
          WHERE
            (
              "t14"."voided_on" IS NULL
            ) OR (
              "t14"."voided_on" > "t14"."day"
            )
        ) AS "t15"
        WHERE
          "t15"."in_force" = 1
      ) AS "t17"
        ON "t5"."day" = "t17"."day" AND "t7"."agreement_id" = "t17"."entity_id"
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t13"."day" = "t20"."day" AND "t13"."entity_id" = "t20"."employer_id"
) AS "t21"

-- name: agreed.reads
agreement-coverage agreement_id employer_id staff
agreements effective_on kind number opened received_on review term_from term_to union_id voided_on
employers area_id code name nature staff status

-- name: signing.sums.now
SELECT
  "t34"."leaf_id",
  "t34"."day",
  COUNT(*) AS "signing.enterprises"
FROM (
  SELECT
    "t33"."day",
    "t33"."code",
    "t33"."name",
    "t33"."nature",
    "t33"."entity_id",
    "t33"."leaf_id",
    "t33"."most_0",
    "t33"."most_1",
    "t33"."most_2",
    "t33"."most",
    "t33"."repeated",
    "t33"."kinds"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t22"."day",
        "t22"."code",
        "t22"."name",
        "t22"."nature",
        "t22"."entity_id",
        "t22"."leaf_id",
        "t30"."most_0",
        "t30"."most_1",
        "t30"."most_2",
        IIF(
          IIF(
            COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
            COALESCE("t30"."most_0", 0),
            COALESCE("t30"."most_1", 0)
          ) >= COALESCE("t30"."most_2", 0),
          IIF(
            COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
            COALESCE("t30"."most_0", 0),
            COALESCE("t30"."most_1", 0)
          ),
          COALESCE("t30"."most_2", 0)
        ) AS "most",
        (
          COALESCE("t30"."most_0", 0) + COALESCE("t30"."most_1", 0) + COALESCE("t30"."most_2", 0)
        ) - IIF(
          IIF(
            COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
            COALESCE("t30"."most_0", 0),
            COALESCE("t30"."most_1", 0)
          ) >= COALESCE("t30"."most_2", 0),
          IIF(
            COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
            COALESCE("t30"."most_0", 0),
            COALESCE("t30"."most_1", 0)
          ),
          COALESCE("t30"."most_2", 0)
        ) AS "repeated",
        IIF("t30"."most_0" IS NOT NULL, 1, 0) + IIF("t30"."most_1" IS NOT NULL, 1, 0) + IIF("t30"."most_2" IS NOT NULL, 1, 0) AS "kinds"
      FROM (
        SELECT
          "t17"."day",
          "t17"."code",
          "t17"."name",
          "t17"."nature",
          "t17"."staff",
          "t17"."entry_id" AS "entity_id",
          "t17"."area_id" AS "leaf_id"
        FROM (
          SELECT
            "t6"."day",
            "t6"."year_from",
            "t6"."ago_15",
            "t13"."entry_id",
            "t13"."code",
            "t13"."name",
            "t13"."area_id",
            "t13"."nature",
            "t13"."staff",
            "t13"."status"
          FROM "days" AS "t6"
          INNER JOIN (
            SELECT
              *
            FROM "employers_employerversion" AS "t2"
            WHERE
              "t2"."removed_in" IS NULL
          ) AS "t13"
            ON "t13"."valid_from" <= "t6"."day"
            AND (
              (
                "t13"."valid_to" IS NULL
              ) OR (
                "t13"."valid_to" > "t6"."day"
              )
            )
        ) AS "t17"
        WHERE
          "t17"."status" = '在业'
      ) AS "t22"
      INNER JOIN (
        SELECT
          "t28"."day",
          "t28"."employer_id",
          MAX("t28"."most_0") AS "most_0",
          MAX("t28"."most_1") AS "most_1",
          MAX("t28"."most_2") AS "most_2"
        FROM (
          SELECT
            "t6"."day",
            "t15"."employer_id",
            IIF("t27"."kind" = '单独', "t15"."staff", NULL) AS "most_0",
            IIF("t27"."kind" = '区域性', "t15"."staff", NULL) AS "most_1",
            IIF("t27"."kind" = '行业性', "t15"."staff", NULL) AS "most_2"
          FROM "days" AS "t6"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementcoverageversion" AS "t4"
            WHERE
              "t4"."removed_in" IS NULL
          ) AS "t15"
            ON "t15"."valid_from" <= "t6"."day"
            AND (
              (
                "t15"."valid_to" IS NULL
              ) OR (
                "t15"."valid_to" > "t6"."day"
              )
            )
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t19"."day",
                "t19"."year_from",
                "t19"."number",
                "t19"."kind",
                "t19"."opened",
                "t19"."entry_id" AS "entity_id",
                "t19"."union_id" AS "holder_id",
                IIF(
                  (
                    "t19"."term_from" <= "t19"."day"
                  )
                  AND (
                    "t19"."term_to" >= "t19"."day"
                  )
                  AND (
                    (
                      "t19"."effective_on" <= "t19"."day"
                    )
                    OR (
                      (
                        "t19"."effective_on" IS NULL
                      )
                      AND (
                        (
                          "t19"."review" IS NULL
                        ) OR (
                          "t19"."review" <> '有异议'
                        )
                      )
                      AND (
                        "t19"."received_on" <= "t19"."ago_15"
                      )
                    )
                  ),
                  1,
                  0
                ) AS "in_force"
              FROM (
                SELECT
                  "t6"."day",
                  "t6"."year_from",
                  "t6"."ago_15",
                  "t16"."entry_id",
                  "t16"."number",
                  "t16"."kind",
                  "t16"."union_id",
                  "t16"."opened",
                  "t16"."term_from",
                  "t16"."term_to",
                  "t16"."effective_on",
                  "t16"."received_on",
                  "t16"."review",
                  "t16"."voided_on"
                FROM "days" AS "t6"
                INNER JOIN (
                  SELECT
                    *
                  FROM "bargaining_agreementversion" AS "t5"
                  WHERE
                    "t5"."removed_in" IS NULL
                ) AS "t16"
                  ON "t16"."valid_from" <= "t6"."day"
                  AND (
                    (
                      "t16"."valid_to" IS NULL
                    ) OR (
                      "t16"."valid_to" > "t6"."day"
                    )
                  )
              ) AS "t19"
              WHERE
                (
                  "t19"."voided_on" IS NULL
                ) OR (
                  "t19"."voided_on" > "t19"."day"
                )
            ) AS "t25"
            WHERE
              "t25"."in_force" = 1
          ) AS "t27"
            ON "t6"."day" = "t27"."day" AND "t15"."agreement_id" = "t27"."entity_id"
        ) AS "t28"
        GROUP BY
          1,
          2
      ) AS "t30"
        ON "t22"."day" = "t30"."day" AND "t22"."entity_id" = "t30"."employer_id"
    ) AS "t31"
    WHERE
      "t31"."nature" = '企业'
  ) AS "t33"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t6"."day",
          "t6"."year_from",
          "t6"."ago_15",
          "t12"."entry_id",
          "t12"."union_id",
          "t12"."employer_id",
          "t12"."mode"
        FROM "days" AS "t6"
        INNER JOIN (
          SELECT
            *
          FROM "unions_coverageversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t12"
          ON "t12"."valid_from" <= "t6"."day"
          AND (
            (
              "t12"."valid_to" IS NULL
            ) OR (
              "t12"."valid_to" > "t6"."day"
            )
          )
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t6"."day",
                "t6"."year_from",
                "t6"."ago_15",
                "t14"."entry_id"
              FROM "days" AS "t6"
              INNER JOIN (
                SELECT
                  *
                FROM "unions_unionversion" AS "t3"
                WHERE
                  "t3"."removed_in" IS NULL
              ) AS "t14"
                ON "t14"."valid_from" <= "t6"."day"
                AND (
                  (
                    "t14"."valid_to" IS NULL
                  ) OR (
                    "t14"."valid_to" > "t6"."day"
                  )
                )
            ) AS "t20"
            WHERE
              "t6"."day" = "t20"."day" AND "t12"."union_id" = "t20"."entry_id"
          )
      ) AS "t24"
      WHERE
        "t33"."day" = "t24"."day" AND "t33"."entity_id" = "t24"."employer_id"
    )
) AS "t34"
GROUP BY
  1,
  2

-- name: signing.sums.known
SELECT
  "t29"."leaf_id",
  "t29"."day",
  COUNT(*) AS "signing.enterprises"
FROM (
  SELECT
    "t28"."day",
    "t28"."code",
    "t28"."name",
    "t28"."nature",
    "t28"."entity_id",
    "t28"."leaf_id",
    "t28"."most_0",
    "t28"."most_1",
    "t28"."most_2",
    "t28"."most",
    "t28"."repeated",
    "t28"."kinds"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t17"."day",
        "t17"."code",
        "t17"."name",
        "t17"."nature",
        "t17"."entity_id",
        "t17"."leaf_id",
        "t25"."most_0",
        "t25"."most_1",
        "t25"."most_2",
        IIF(
          IIF(
            COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
            COALESCE("t25"."most_0", 0),
            COALESCE("t25"."most_1", 0)
          ) >= COALESCE("t25"."most_2", 0),
          IIF(
            COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
            COALESCE("t25"."most_0", 0),
            COALESCE("t25"."most_1", 0)
          ),
          COALESCE("t25"."most_2", 0)
        ) AS "most",
        (
          COALESCE("t25"."most_0", 0) + COALESCE("t25"."most_1", 0) + COALESCE("t25"."most_2", 0)
        ) - IIF(
          IIF(
            COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
            COALESCE("t25"."most_0", 0),
            COALESCE("t25"."most_1", 0)
          ) >= COALESCE("t25"."most_2", 0),
          IIF(
            COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
            COALESCE("t25"."most_0", 0),
            COALESCE("t25"."most_1", 0)
          ),
          COALESCE("t25"."most_2", 0)
        ) AS "repeated",
        IIF("t25"."most_0" IS NOT NULL, 1, 0) + IIF("t25"."most_1" IS NOT NULL, 1, 0) + IIF("t25"."most_2" IS NOT NULL, 1, 0) AS "kinds"
      FROM (
        SELECT
          "t12"."day",
          "t12"."code",
          "t12"."name",
          "t12"."nature",
          "t12"."staff",
          "t12"."entry_id" AS "entity_id",
          "t12"."area_id" AS "leaf_id"
        FROM (
          SELECT
            "t6"."day",
            "t6"."year_from",
            "t6"."ago_15",
            "t8"."entry_id",
            "t8"."code",
            "t8"."name",
            "t8"."area_id",
            "t8"."nature",
            "t8"."staff",
            "t8"."status"
          FROM "days" AS "t6"
          INNER JOIN "employers_employerversion" AS "t8"
            ON "t8"."valid_from" <= "t6"."day"
            AND (
              (
                "t8"."valid_to" IS NULL
              ) OR (
                "t8"."valid_to" > "t6"."day"
              )
            )
            AND "t8"."added_in" <= "t6"."known"
            AND (
              (
                "t8"."removed_in" IS NULL
              ) OR (
                "t8"."removed_in" > "t6"."known"
              )
            )
        ) AS "t12"
        WHERE
          "t12"."status" = '在业'
      ) AS "t17"
      INNER JOIN (
        SELECT
          "t23"."day",
          "t23"."employer_id",
          MAX("t23"."most_0") AS "most_0",
          MAX("t23"."most_1") AS "most_1",
          MAX("t23"."most_2") AS "most_2"
        FROM (
          SELECT
            "t6"."day",
            "t10"."employer_id",
            IIF("t22"."kind" = '单独', "t10"."staff", NULL) AS "most_0",
            IIF("t22"."kind" = '区域性', "t10"."staff", NULL) AS "most_1",
            IIF("t22"."kind" = '行业性', "t10"."staff", NULL) AS "most_2"
          FROM "days" AS "t6"
          INNER JOIN "bargaining_agreementcoverageversion" AS "t10"
            ON "t10"."valid_from" <= "t6"."day"
            AND (
              (
                "t10"."valid_to" IS NULL
              ) OR (
                "t10"."valid_to" > "t6"."day"
              )
            )
            AND "t10"."added_in" <= "t6"."known"
            AND (
              (
                "t10"."removed_in" IS NULL
              ) OR (
                "t10"."removed_in" > "t6"."known"
              )
            )
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t14"."day",
                "t14"."year_from",
                "t14"."number",
                "t14"."kind",
                "t14"."opened",
                "t14"."entry_id" AS "entity_id",
                "t14"."union_id" AS "holder_id",
                IIF(
                  (
                    "t14"."term_from" <= "t14"."day"
                  )
                  AND (
                    "t14"."term_to" >= "t14"."day"
                  )
                  AND (
                    (
                      "t14"."effective_on" <= "t14"."day"
                    )
                    OR (
                      (
                        "t14"."effective_on" IS NULL
                      )
                      AND (
                        (
                          "t14"."review" IS NULL
                        ) OR (
                          "t14"."review" <> '有异议'
                        )
                      )
                      AND (
                        "t14"."received_on" <= "t14"."ago_15"
                      )
                    )
                  ),
                  1,
                  0
                ) AS "in_force"
              FROM (
                SELECT
                  "t6"."day",
                  "t6"."year_from",
                  "t6"."ago_15",
                  "t11"."entry_id",
                  "t11"."number",
                  "t11"."kind",
                  "t11"."union_id",
                  "t11"."opened",
                  "t11"."term_from",
                  "t11"."term_to",
                  "t11"."effective_on",
                  "t11"."received_on",
                  "t11"."review",
                  "t11"."voided_on"
                FROM "days" AS "t6"
                INNER JOIN "bargaining_agreementversion" AS "t11"
                  ON "t11"."valid_from" <= "t6"."day"
                  AND (
                    (
                      "t11"."valid_to" IS NULL
                    ) OR (
                      "t11"."valid_to" > "t6"."day"
                    )
                  )
                  AND "t11"."added_in" <= "t6"."known"
                  AND (
                    (
                      "t11"."removed_in" IS NULL
                    ) OR (
                      "t11"."removed_in" > "t6"."known"
                    )
                  )
              ) AS "t14"
              WHERE
                (
                  "t14"."voided_on" IS NULL
                ) OR (
                  "t14"."voided_on" > "t14"."day"
                )
            ) AS "t20"
            WHERE
              "t20"."in_force" = 1
          ) AS "t22"
            ON "t6"."day" = "t22"."day" AND "t10"."agreement_id" = "t22"."entity_id"
        ) AS "t23"
        GROUP BY
          1,
          2
      ) AS "t25"
        ON "t17"."day" = "t25"."day" AND "t17"."entity_id" = "t25"."employer_id"
    ) AS "t26"
    WHERE
      "t26"."nature" = '企业'
  ) AS "t28"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t6"."day",
          "t6"."year_from",
          "t6"."ago_15",
          "t7"."entry_id",
          "t7"."union_id",
          "t7"."employer_id",
          "t7"."mode"
        FROM "days" AS "t6"
        INNER JOIN "unions_coverageversion" AS "t7"
          ON "t7"."valid_from" <= "t6"."day"
          AND (
            (
              "t7"."valid_to" IS NULL
            ) OR (
              "t7"."valid_to" > "t6"."day"
            )
          )
          AND "t7"."added_in" <= "t6"."known"
          AND (
            (
              "t7"."removed_in" IS NULL
            ) OR (
              "t7"."removed_in" > "t6"."known"
            )
          )
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t6"."day",
                "t6"."year_from",
                "t6"."ago_15",
                "t9"."entry_id"
              FROM "days" AS "t6"
              INNER JOIN "unions_unionversion" AS "t9"
                ON "t9"."valid_from" <= "t6"."day"
                AND (
                  (
                    "t9"."valid_to" IS NULL
                  ) OR (
                    "t9"."valid_to" > "t6"."day"
                  )
                )
                AND "t9"."added_in" <= "t6"."known"
                AND (
                  (
                    "t9"."removed_in" IS NULL
                  ) OR (
                    "t9"."removed_in" > "t6"."known"
                  )
                )
            ) AS "t15"
            WHERE
              "t6"."day" = "t15"."day" AND "t7"."union_id" = "t15"."entry_id"
          )
      ) AS "t19"
      WHERE
        "t28"."day" = "t19"."day" AND "t28"."entity_id" = "t19"."employer_id"
    )
) AS "t29"
GROUP BY
  1,
  2

-- name: signing.sums.now.affiliation
WITH "t8" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t40"."leaf_id",
  "t40"."day",
  COUNT(*) AS "signing.enterprises"
FROM (
  SELECT
    "t39"."day",
    "t39"."code",
    "t39"."name",
    "t39"."nature",
    "t39"."entity_id",
    "t39"."leaf_id",
    "t39"."most_0",
    "t39"."most_1",
    "t39"."most_2",
    "t39"."most",
    "t39"."repeated",
    "t39"."kinds"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t27"."day",
        "t27"."code",
        "t27"."name",
        "t27"."nature",
        "t27"."entity_id",
        "t27"."leaf_id",
        "t36"."most_0",
        "t36"."most_1",
        "t36"."most_2",
        IIF(
          IIF(
            COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
            COALESCE("t36"."most_0", 0),
            COALESCE("t36"."most_1", 0)
          ) >= COALESCE("t36"."most_2", 0),
          IIF(
            COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
            COALESCE("t36"."most_0", 0),
            COALESCE("t36"."most_1", 0)
          ),
          COALESCE("t36"."most_2", 0)
        ) AS "most",
        (
          COALESCE("t36"."most_0", 0) + COALESCE("t36"."most_1", 0) + COALESCE("t36"."most_2", 0)
        ) - IIF(
          IIF(
            COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
            COALESCE("t36"."most_0", 0),
            COALESCE("t36"."most_1", 0)
          ) >= COALESCE("t36"."most_2", 0),
          IIF(
            COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
            COALESCE("t36"."most_0", 0),
            COALESCE("t36"."most_1", 0)
          ),
          COALESCE("t36"."most_2", 0)
        ) AS "repeated",
        IIF("t36"."most_0" IS NOT NULL, 1, 0) + IIF("t36"."most_1" IS NOT NULL, 1, 0) + IIF("t36"."most_2" IS NOT NULL, 1, 0) AS "kinds"
      FROM (
        SELECT
          "t23"."day",
          "t23"."code",
          "t23"."name",
          "t23"."nature",
          "t23"."staff",
          "t23"."entry_id" AS "entity_id",
          "t23"."area_id" AS "leaf_id"
        FROM (
          SELECT
            "t7"."day",
            "t7"."year_from",
            "t7"."ago_15",
            "t15"."entry_id",
            "t15"."code",
            "t15"."name",
            "t15"."area_id",
            "t15"."nature",
            "t15"."staff",
            "t15"."status"
          FROM "days" AS "t7"
          INNER JOIN (
            SELECT
              *
            FROM "employers_employerversion" AS "t2"
            WHERE
              "t2"."removed_in" IS NULL
          ) AS "t15"
            ON "t15"."valid_from" <= "t7"."day"
            AND (
              (
                "t15"."valid_to" IS NULL
              ) OR (
                "t15"."valid_to" > "t7"."day"
              )
            )
        ) AS "t23"
        WHERE
          "t23"."status" = '在业'
      ) AS "t27"
      INNER JOIN (
        SELECT
          "t34"."day",
          "t34"."employer_id",
          MAX("t34"."most_0") AS "most_0",
          MAX("t34"."most_1") AS "most_1",
          MAX("t34"."most_2") AS "most_2"
        FROM (
          SELECT
            "t7"."day",
            "t16"."employer_id",
            IIF("t33"."kind" = '单独', "t16"."staff", NULL) AS "most_0",
            IIF("t33"."kind" = '区域性', "t16"."staff", NULL) AS "most_1",
            IIF("t33"."kind" = '行业性', "t16"."staff", NULL) AS "most_2"
          FROM "days" AS "t7"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementcoverageversion" AS "t4"
            WHERE
              "t4"."removed_in" IS NULL
          ) AS "t16"
            ON "t16"."valid_from" <= "t7"."day"
            AND (
              (
                "t16"."valid_to" IS NULL
              ) OR (
                "t16"."valid_to" > "t7"."day"
              )
            )
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t26"."day",
                "t26"."year_from",
                "t26"."number",
                "t26"."kind",
                "t26"."opened",
                "t26"."entry_id" AS "entity_id",
                "t26"."union_id" AS "holder_id",
                IIF(
                  (
                    "t26"."term_from" <= "t26"."day"
                  )
                  AND (
                    "t26"."term_to" >= "t26"."day"
                  )
                  AND (
                    (
                      "t26"."effective_on" <= "t26"."day"
                    )
                    OR (
                      (
                        "t26"."effective_on" IS NULL
                      )
                      AND (
                        (
                          "t26"."review" IS NULL
                        ) OR (
                          "t26"."review" <> '有异议'
                        )
                      )
                      AND (
                        "t26"."received_on" <= "t26"."ago_15"
                      )
                    )
                  ),
                  1,
                  0
                ) AS "in_force"
              FROM (
                SELECT
                  "t7"."day",
                  "t7"."year_from",
                  "t7"."ago_15",
                  "t22"."entry_id",
                  "t22"."number",
                  "t22"."kind",
                  "t22"."union_id",
                  "t22"."opened",
                  "t22"."term_from",
                  "t22"."term_to",
                  "t22"."effective_on",
                  "t22"."received_on",
                  "t22"."review",
                  "t22"."voided_on"
                FROM "days" AS "t7"
                INNER JOIN (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM "bargaining_agreementversion" AS "t6"
                    WHERE
                      "t6"."removed_in" IS NULL
                  ) AS "t14"
                  WHERE
                    "t14"."union_id" IN (
                      SELECT
                        *
                      FROM "t8"
                    )
                ) AS "t22"
                  ON "t22"."valid_from" <= "t7"."day"
                  AND (
                    (
                      "t22"."valid_to" IS NULL
                    ) OR (
                      "t22"."valid_to" > "t7"."day"
                    )
                  )
              ) AS "t26"
              WHERE
                (
                  "t26"."voided_on" IS NULL
                ) OR (
                  "t26"."voided_on" > "t26"."day"
                )
            ) AS "t31"
            WHERE
              "t31"."in_force" = 1
          ) AS "t33"
            ON "t7"."day" = "t33"."day" AND "t16"."agreement_id" = "t33"."entity_id"
        ) AS "t34"
        GROUP BY
          1,
          2
      ) AS "t36"
        ON "t27"."day" = "t36"."day" AND "t27"."entity_id" = "t36"."employer_id"
    ) AS "t37"
    WHERE
      "t37"."nature" = '企业'
  ) AS "t39"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t7"."day",
          "t7"."year_from",
          "t7"."ago_15",
          "t20"."entry_id",
          "t20"."union_id",
          "t20"."employer_id",
          "t20"."mode"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "unions_coverageversion" AS "t1"
            WHERE
              "t1"."removed_in" IS NULL
          ) AS "t9"
          WHERE
            "t9"."union_id" IN (
              SELECT
                *
              FROM "t8"
            )
        ) AS "t20"
          ON "t20"."valid_from" <= "t7"."day"
          AND (
            (
              "t20"."valid_to" IS NULL
            ) OR (
              "t20"."valid_to" > "t7"."day"
            )
          )
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t7"."day",
                "t7"."year_from",
                "t7"."ago_15",
                "t21"."entry_id"
              FROM "days" AS "t7"
              INNER JOIN (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM "unions_unionversion" AS "t5"
                  WHERE
                    "t5"."removed_in" IS NULL
                ) AS "t13"
                WHERE
                  "t13"."entry_id" IN (
                    SELECT
                      *
                    FROM "t8"
                  )
              ) AS "t21"
                ON "t21"."valid_from" <= "t7"."day"
                AND (
                  (
                    "t21"."valid_to" IS NULL
                  ) OR (
                    "t21"."valid_to" > "t7"."day"
                  )
                )
            ) AS "t28"
            WHERE
              "t7"."day" = "t28"."day" AND "t20"."union_id" = "t28"."entry_id"
          )
      ) AS "t30"
      WHERE
        "t39"."day" = "t30"."day" AND "t39"."entity_id" = "t30"."employer_id"
    )
) AS "t40"
GROUP BY
  1,
  2

-- name: signing.sums.known.affiliation
WITH "t10" AS (
  SELECT
    *
  FROM "chosen" AS "t4"
)
SELECT
  "t35"."leaf_id",
  "t35"."day",
  COUNT(*) AS "signing.enterprises"
FROM (
  SELECT
    "t34"."day",
    "t34"."code",
    "t34"."name",
    "t34"."nature",
    "t34"."entity_id",
    "t34"."leaf_id",
    "t34"."most_0",
    "t34"."most_1",
    "t34"."most_2",
    "t34"."most",
    "t34"."repeated",
    "t34"."kinds"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t20"."day",
        "t20"."code",
        "t20"."name",
        "t20"."nature",
        "t20"."entity_id",
        "t20"."leaf_id",
        "t31"."most_0",
        "t31"."most_1",
        "t31"."most_2",
        IIF(
          IIF(
            COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
            COALESCE("t31"."most_0", 0),
            COALESCE("t31"."most_1", 0)
          ) >= COALESCE("t31"."most_2", 0),
          IIF(
            COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
            COALESCE("t31"."most_0", 0),
            COALESCE("t31"."most_1", 0)
          ),
          COALESCE("t31"."most_2", 0)
        ) AS "most",
        (
          COALESCE("t31"."most_0", 0) + COALESCE("t31"."most_1", 0) + COALESCE("t31"."most_2", 0)
        ) - IIF(
          IIF(
            COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
            COALESCE("t31"."most_0", 0),
            COALESCE("t31"."most_1", 0)
          ) >= COALESCE("t31"."most_2", 0),
          IIF(
            COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
            COALESCE("t31"."most_0", 0),
            COALESCE("t31"."most_1", 0)
          ),
          COALESCE("t31"."most_2", 0)
        ) AS "repeated",
        IIF("t31"."most_0" IS NOT NULL, 1, 0) + IIF("t31"."most_1" IS NOT NULL, 1, 0) + IIF("t31"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
            "t7"."day",
            "t7"."year_from",
            "t7"."ago_15",
            "t8"."entry_id",
            "t8"."code",
            "t8"."name",
            "t8"."area_id",
            "t8"."nature",
            "t8"."staff",
            "t8"."status"
          FROM "days" AS "t7"
          INNER JOIN "employers_employerversion" AS "t8"
            ON "t8"."valid_from" <= "t7"."day"
            AND (
              (
                "t8"."valid_to" IS NULL
              ) OR (
                "t8"."valid_to" > "t7"."day"
              )
            )
            AND "t8"."added_in" <= "t7"."known"
            AND (
              (
                "t8"."removed_in" IS NULL
              ) OR (
                "t8"."removed_in" > "t7"."known"
              )
            )
        ) AS "t15"
        WHERE
          "t15"."status" = '在业'
      ) AS "t20"
      INNER JOIN (
        SELECT
          "t29"."day",
          "t29"."employer_id",
          MAX("t29"."most_0") AS "most_0",
          MAX("t29"."most_1") AS "most_1",
          MAX("t29"."most_2") AS "most_2"
        FROM (
          SELECT
            "t7"."day",
            "t9"."employer_id",
            IIF("t28"."kind" = '单独', "t9"."staff", NULL) AS "most_0",
            IIF("t28"."kind" = '区域性', "t9"."staff", NULL) AS "most_1",
            IIF("t28"."kind" = '行业性', "t9"."staff", NULL) AS "most_2"
          FROM "days" AS "t7"
          INNER JOIN "bargaining_agreementcoverageversion" AS "t9"
            ON "t9"."valid_from" <= "t7"."day"
            AND (
              (
                "t9"."valid_to" IS NULL
              ) OR (
                "t9"."valid_to" > "t7"."day"
              )
            )
            AND "t9"."added_in" <= "t7"."known"
            AND (
              (
                "t9"."removed_in" IS NULL
              ) OR (
                "t9"."removed_in" > "t7"."known"
              )
            )
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t22"."day",
                "t22"."year_from",
                "t22"."number",
                "t22"."kind",
                "t22"."opened",
                "t22"."entry_id" AS "entity_id",
                "t22"."union_id" AS "holder_id",
                IIF(
                  (
                    "t22"."term_from" <= "t22"."day"
                  )
                  AND (
                    "t22"."term_to" >= "t22"."day"
                  )
                  AND (
                    (
                      "t22"."effective_on" <= "t22"."day"
                    )
                    OR (
                      (
                        "t22"."effective_on" IS NULL
                      )
                      AND (
                        (
                          "t22"."review" IS NULL
                        ) OR (
                          "t22"."review" <> '有异议'
                        )
                      )
                      AND (
                        "t22"."received_on" <= "t22"."ago_15"
                      )
                    )
                  ),
                  1,
                  0
                ) AS "in_force"
              FROM (
                SELECT
                  "t7"."day",
                  "t7"."year_from",
                  "t7"."ago_15",
                  "t18"."entry_id",
                  "t18"."number",
                  "t18"."kind",
                  "t18"."union_id",
                  "t18"."opened",
                  "t18"."term_from",
                  "t18"."term_to",
                  "t18"."effective_on",
                  "t18"."received_on",
                  "t18"."review",
                  "t18"."voided_on"
                FROM "days" AS "t7"
                INNER JOIN (
                  SELECT
                    *
                  FROM "bargaining_agreementversion" AS "t6"
                  WHERE
                    "t6"."union_id" IN (
                      SELECT
                        *
                      FROM "t10"
                    )
                ) AS "t18"
                  ON "t18"."valid_from" <= "t7"."day"
                  AND (
                    (
                      "t18"."valid_to" IS NULL
                    ) OR (
                      "t18"."valid_to" > "t7"."day"
                    )
                  )
                  AND "t18"."added_in" <= "t7"."known"
                  AND (
                    (
                      "t18"."removed_in" IS NULL
                    ) OR (
                      "t18"."removed_in" > "t7"."known"
                    )
                  )
              ) AS "t22"
              WHERE
                (
                  "t22"."voided_on" IS NULL
                ) OR (
                  "t22"."voided_on" > "t22"."day"
                )
            ) AS "t26"
            WHERE
              "t26"."in_force" = 1
          ) AS "t28"
            ON "t7"."day" = "t28"."day" AND "t9"."agreement_id" = "t28"."entity_id"
        ) AS "t29"
        GROUP BY
          1,
          2
      ) AS "t31"
        ON "t20"."day" = "t31"."day" AND "t20"."entity_id" = "t31"."employer_id"
    ) AS "t32"
    WHERE
      "t32"."nature" = '企业'
  ) AS "t34"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t7"."day",
          "t7"."year_from",
          "t7"."ago_15",
          "t16"."entry_id",
          "t16"."union_id",
          "t16"."employer_id",
          "t16"."mode"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM "unions_coverageversion" AS "t1"
          WHERE
            "t1"."union_id" IN (
              SELECT
                *
              FROM "t10"
            )
        ) AS "t16"
          ON "t16"."valid_from" <= "t7"."day"
          AND (
            (
              "t16"."valid_to" IS NULL
            ) OR (
              "t16"."valid_to" > "t7"."day"
            )
          )
          AND "t16"."added_in" <= "t7"."known"
          AND (
            (
              "t16"."removed_in" IS NULL
            ) OR (
              "t16"."removed_in" > "t7"."known"
            )
          )
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t7"."day",
                "t7"."year_from",
                "t7"."ago_15",
                "t17"."entry_id"
              FROM "days" AS "t7"
              INNER JOIN (
                SELECT
                  *
                FROM "unions_unionversion" AS "t5"
                WHERE
                  "t5"."entry_id" IN (
                    SELECT
                      *
                    FROM "t10"
                  )
              ) AS "t17"
                ON "t17"."valid_from" <= "t7"."day"
                AND (
                  (
                    "t17"."valid_to" IS NULL
                  ) OR (
                    "t17"."valid_to" > "t7"."day"
                  )
                )
                AND "t17"."added_in" <= "t7"."known"
                AND (
                  (
                    "t17"."removed_in" IS NULL
                  ) OR (
                    "t17"."removed_in" > "t7"."known"
                  )
                )
            ) AS "t23"
            WHERE
              "t7"."day" = "t23"."day" AND "t16"."union_id" = "t23"."entry_id"
          )
      ) AS "t25"
      WHERE
        "t34"."day" = "t25"."day" AND "t34"."entity_id" = "t25"."employer_id"
    )
) AS "t35"
GROUP BY
  1,
  2

-- name: signing.rows.now
SELECT
  "t33"."day",
  "t33"."entity_id",
  "t33"."leaf_id",
  "t33"."code" AS "key",
  "t33"."name",
  CAST(1 AS INTEGER) AS "signing.enterprises"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t22"."day",
      "t22"."code",
      "t22"."name",
      "t22"."nature",
      "t22"."entity_id",
      "t22"."leaf_id",
      "t30"."most_0",
      "t30"."most_1",
      "t30"."most_2",
      IIF(
        IIF(
          COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
          COALESCE("t30"."most_0", 0),
          COALESCE("t30"."most_1", 0)
        ) >= COALESCE("t30"."most_2", 0),
        IIF(
          COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
          COALESCE("t30"."most_0", 0),
          COALESCE("t30"."most_1", 0)
        ),
        COALESCE("t30"."most_2", 0)
      ) AS "most",
      (
        COALESCE("t30"."most_0", 0) + COALESCE("t30"."most_1", 0) + COALESCE("t30"."most_2", 0)
      ) - IIF(
        IIF(
          COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
          COALESCE("t30"."most_0", 0),
          COALESCE("t30"."most_1", 0)
        ) >= COALESCE("t30"."most_2", 0),
        IIF(
          COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0),
          COALESCE("t30"."most_0", 0),
          COALESCE("t30"."most_1", 0)
        ),
        COALESCE("t30"."most_2", 0)
      ) AS "repeated",
      IIF("t30"."most_0" IS NOT NULL, 1, 0) + IIF("t30"."most_1" IS NOT NULL, 1, 0) + IIF("t30"."most_2" IS NOT NULL, 1, 0) AS "kinds"
    FROM (
      SELECT
        "t17"."day",
        "t17"."code",
        "t17"."name",
        "t17"."nature",
        "t17"."staff",
        "t17"."entry_id" AS "entity_id",
        "t17"."area_id" AS "leaf_id"
      FROM (
        SELECT
          "t6"."day",
          "t6"."year_from",
          "t6"."ago_15",
          "t13"."entry_id",
          "t13"."code",
          "t13"."name",
          "t13"."area_id",
          "t13"."nature",
          "t13"."staff",
          "t13"."status"
        FROM "days" AS "t6"
        INNER JOIN (
          SELECT
            *
          FROM "employers_employerversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t13"
          ON "t13"."valid_from" <= "t6"."day"
          AND (
            (
              "t13"."valid_to" IS NULL
            ) OR (
              "t13"."valid_to" > "t6"."day"
            )
          )
      ) AS "t17"
      WHERE
        "t17"."status" = '在业'
    ) AS "t22"
    INNER JOIN (
      SELECT
        "t28"."day",
        "t28"."employer_id",
        MAX("t28"."most_0") AS "most_0",
        MAX("t28"."most_1") AS "most_1",
        MAX("t28"."most_2") AS "most_2"
      FROM (
        SELECT
          "t6"."day",
          "t15"."employer_id",
          IIF("t27"."kind" = '单独', "t15"."staff", NULL) AS "most_0",
          IIF("t27"."kind" = '区域性', "t15"."staff", NULL) AS "most_1",
          IIF("t27"."kind" = '行业性', "t15"."staff", NULL) AS "most_2"
        FROM "days" AS "t6"
        INNER JOIN (
          SELECT
            *
          FROM "bargaining_agreementcoverageversion" AS "t4"
          WHERE
            "t4"."removed_in" IS NULL
        ) AS "t15"
          ON "t15"."valid_from" <= "t6"."day"
          AND (
            (
              "t15"."valid_to" IS NULL
            ) OR (
              "t15"."valid_to" > "t6"."day"
            )
          )
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t19"."day",
              "t19"."year_from",
              "t19"."number",
              "t19"."kind",
              "t19"."opened",
              "t19"."entry_id" AS "entity_id",
              "t19"."union_id" AS "holder_id",
              IIF(
                (
                  "t19"."term_from" <= "t19"."day"
                )
                AND (
                  "t19"."term_to" >= "t19"."day"
                )
                AND (
                  (
                    "t19"."effective_on" <= "t19"."day"
                  )
                  OR (
                    (
                      "t19"."effective_on" IS NULL
                    )
                    AND (
                      (
                        "t19"."review" IS NULL
                      ) OR (
                        "t19"."review" <> '有异议'
                      )
                    )
                    AND (
                      "t19"."received_on" <= "t19"."ago_15"
                    )
                  )
                ),
                1,
                0
              ) AS "in_force"
            FROM (
              SELECT
                "t6"."day",
                "t6"."year_from",
                "t6"."ago_15",
                "t16"."entry_id",
                "t16"."number",
                "t16"."kind",
                "t16"."union_id",
                "t16"."opened",
                "t16"."term_from",
                "t16"."term_to",
                "t16"."effective_on",
                "t16"."received_on",
                "t16"."review",
                "t16"."voided_on"
              FROM "days" AS "t6"
              INNER JOIN (
                SELECT
                  *
                FROM "bargaining_agreementversion" AS "t5"
                WHERE
                  "t5"."removed_in" IS NULL
              ) AS "t16"
                ON "t16"."valid_from" <= "t6"."day"
                AND (
                  (
                    "t16"."valid_to" IS NULL
                  ) OR (
                    "t16"."valid_to" > "t6"."day"
                  )
                )
            ) AS "t19"
            WHERE
              (
                "t19"."voided_on" IS NULL
              ) OR (
                "t19"."voided_on" > "t19"."day"
              )
          ) AS "t25"
          WHERE
            "t25"."in_force" = 1
        ) AS "t27"
          ON "t6"."day" = "t27"."day" AND "t15"."agreement_id" = "t27"."entity_id"
      ) AS "t28"
      GROUP BY
        1,
        2
    ) AS "t30"
      ON "t22"."day" = "t30"."day" AND "t22"."entity_id" = "t30"."employer_id"
  ) AS "t31"
  WHERE
    "t31"."nature" = '企业'
) AS "t33"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t6"."day",
        "t6"."year_from",
        "t6"."ago_15",
        "t12"."entry_id",
        "t12"."union_id",
        "t12"."employer_id",
        "t12"."mode"
      FROM "days" AS "t6"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t12"
        ON "t12"."valid_from" <= "t6"."day"
        AND (
          (
            "t12"."valid_to" IS NULL
          ) OR (
            "t12"."valid_to" > "t6"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t6"."day",
              "t6"."year_from",
              "t6"."ago_15",
              "t14"."entry_id"
            FROM "days" AS "t6"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t14"
              ON "t14"."valid_from" <= "t6"."day"
              AND (
                (
                  "t14"."valid_to" IS NULL
                ) OR (
                  "t14"."valid_to" > "t6"."day"
                )
              )
          ) AS "t20"
          WHERE
            "t6"."day" = "t20"."day" AND "t12"."union_id" = "t20"."entry_id"
        )
    ) AS "t24"
    WHERE
      "t33"."day" = "t24"."day" AND "t33"."entity_id" = "t24"."employer_id"
  )

-- name: signing.rows.known
SELECT
  "t28"."day",
  "t28"."entity_id",
  "t28"."leaf_id",
  "t28"."code" AS "key",
  "t28"."name",
  CAST(1 AS INTEGER) AS "signing.enterprises"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t17"."day",
      "t17"."code",
      "t17"."name",
      "t17"."nature",
      "t17"."entity_id",
      "t17"."leaf_id",
      "t25"."most_0",
      "t25"."most_1",
      "t25"."most_2",
      IIF(
        IIF(
          COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
          COALESCE("t25"."most_0", 0),
          COALESCE("t25"."most_1", 0)
        ) >= COALESCE("t25"."most_2", 0),
        IIF(
          COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
          COALESCE("t25"."most_0", 0),
          COALESCE("t25"."most_1", 0)
        ),
        COALESCE("t25"."most_2", 0)
      ) AS "most",
      (
        COALESCE("t25"."most_0", 0) + COALESCE("t25"."most_1", 0) + COALESCE("t25"."most_2", 0)
      ) - IIF(
        IIF(
          COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
          COALESCE("t25"."most_0", 0),
          COALESCE("t25"."most_1", 0)
        ) >= COALESCE("t25"."most_2", 0),
        IIF(
          COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0),
          COALESCE("t25"."most_0", 0),
          COALESCE("t25"."most_1", 0)
        ),
        COALESCE("t25"."most_2", 0)
      ) AS "repeated",
      IIF("t25"."most_0" IS NOT NULL, 1, 0) + IIF("t25"."most_1" IS NOT NULL, 1, 0) + IIF("t25"."most_2" IS NOT NULL, 1, 0) AS "kinds"
    FROM (
      SELECT
        "t12"."day",
        "t12"."code",
        "t12"."name",
        "t12"."nature",
        "t12"."staff",
        "t12"."entry_id" AS "entity_id",
        "t12"."area_id" AS "leaf_id"
      FROM (
        SELECT
          "t6"."day",
          "t6"."year_from",
          "t6"."ago_15",
          "t8"."entry_id",
          "t8"."code",
          "t8"."name",
          "t8"."area_id",
          "t8"."nature",
          "t8"."staff",
          "t8"."status"
        FROM "days" AS "t6"
        INNER JOIN "employers_employerversion" AS "t8"
          ON "t8"."valid_from" <= "t6"."day"
          AND (
            (
              "t8"."valid_to" IS NULL
            ) OR (
              "t8"."valid_to" > "t6"."day"
            )
          )
          AND "t8"."added_in" <= "t6"."known"
          AND (
            (
              "t8"."removed_in" IS NULL
            ) OR (
              "t8"."removed_in" > "t6"."known"
            )
          )
      ) AS "t12"
      WHERE
        "t12"."status" = '在业'
    ) AS "t17"
    INNER JOIN (
      SELECT
        "t23"."day",
        "t23"."employer_id",
        MAX("t23"."most_0") AS "most_0",
        MAX("t23"."most_1") AS "most_1",
        MAX("t23"."most_2") AS "most_2"
      FROM (
        SELECT
          "t6"."day",
          "t10"."employer_id",
          IIF("t22"."kind" = '单独', "t10"."staff", NULL) AS "most_0",
          IIF("t22"."kind" = '区域性', "t10"."staff", NULL) AS "most_1",
          IIF("t22"."kind" = '行业性', "t10"."staff", NULL) AS "most_2"
        FROM "days" AS "t6"
        INNER JOIN "bargaining_agreementcoverageversion" AS "t10"
          ON "t10"."valid_from" <= "t6"."day"
          AND (
            (
              "t10"."valid_to" IS NULL
            ) OR (
              "t10"."valid_to" > "t6"."day"
            )
          )
          AND "t10"."added_in" <= "t6"."known"
          AND (
            (
              "t10"."removed_in" IS NULL
            ) OR (
              "t10"."removed_in" > "t6"."known"
            )
          )
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t14"."day",
              "t14"."year_from",
              "t14"."number",
              "t14"."kind",
              "t14"."opened",
              "t14"."entry_id" AS "entity_id",
              "t14"."union_id" AS "holder_id",
              IIF(
                (
                  "t14"."term_from" <= "t14"."day"
                )
                AND (
                  "t14"."term_to" >= "t14"."day"
                )
                AND (
                  (
                    "t14"."effective_on" <= "t14"."day"
                  )
                  OR (
                    (
                      "t14"."effective_on" IS NULL
                    )
                    AND (
                      (
                        "t14"."review" IS NULL
                      ) OR (
                        "t14"."review" <> '有异议'
                      )
                    )
                    AND (
                      "t14"."received_on" <= "t14"."ago_15"
                    )
                  )
                ),
                1,
                0
              ) AS "in_force"
            FROM (
              SELECT
                "t6"."day",
                "t6"."year_from",
                "t6"."ago_15",
                "t11"."entry_id",
                "t11"."number",
                "t11"."kind",
                "t11"."union_id",
                "t11"."opened",
                "t11"."term_from",
                "t11"."term_to",
                "t11"."effective_on",
                "t11"."received_on",
                "t11"."review",
                "t11"."voided_on"
              FROM "days" AS "t6"
              INNER JOIN "bargaining_agreementversion" AS "t11"
                ON "t11"."valid_from" <= "t6"."day"
                AND (
                  (
                    "t11"."valid_to" IS NULL
                  ) OR (
                    "t11"."valid_to" > "t6"."day"
                  )
                )
                AND "t11"."added_in" <= "t6"."known"
                AND (
                  (
                    "t11"."removed_in" IS NULL
                  ) OR (
                    "t11"."removed_in" > "t6"."known"
                  )
                )
            ) AS "t14"
            WHERE
              (
                "t14"."voided_on" IS NULL
              ) OR (
                "t14"."voided_on" > "t14"."day"
              )
          ) AS "t20"
          WHERE
            "t20"."in_force" = 1
        ) AS "t22"
          ON "t6"."day" = "t22"."day" AND "t10"."agreement_id" = "t22"."entity_id"
      ) AS "t23"
      GROUP BY
        1,
        2
    ) AS "t25"
      ON "t17"."day" = "t25"."day" AND "t17"."entity_id" = "t25"."employer_id"
  ) AS "t26"
  WHERE
    "t26"."nature" = '企业'
) AS "t28"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t6"."day",
        "t6"."year_from",
        "t6"."ago_15",
        "t7"."entry_id",
        "t7"."union_id",
        "t7"."employer_id",
        "t7"."mode"
      FROM "days" AS "t6"
      INNER JOIN "unions_coverageversion" AS "t7"
        ON "t7"."valid_from" <= "t6"."day"
        AND (
          (
            "t7"."valid_to" IS NULL
          ) OR (
            "t7"."valid_to" > "t6"."day"
          )
        )
        AND "t7"."added_in" <= "t6"."known"
        AND (
          (
            "t7"."removed_in" IS NULL
          ) OR (
            "t7"."removed_in" > "t6"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t6"."day",
              "t6"."year_from",
              "t6"."ago_15",
              "t9"."entry_id"
            FROM "days" AS "t6"
            INNER JOIN "unions_unionversion" AS "t9"
              ON "t9"."valid_from" <= "t6"."day"
              AND (
                (
                  "t9"."valid_to" IS NULL
                ) OR (
                  "t9"."valid_to" > "t6"."day"
                )
              )
              AND "t9"."added_in" <= "t6"."known"
              AND (
                (
                  "t9"."removed_in" IS NULL
                ) OR (
                  "t9"."removed_in" > "t6"."known"
                )
              )
          ) AS "t15"
          WHERE
            "t6"."day" = "t15"."day" AND "t7"."union_id" = "t15"."entry_id"
        )
    ) AS "t19"
    WHERE
      "t28"."day" = "t19"."day" AND "t28"."entity_id" = "t19"."employer_id"
  )

-- name: signing.rows.now.entities
WITH "t8" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t39"."day",
  "t39"."entity_id",
  "t39"."leaf_id",
  "t39"."code" AS "key",
  "t39"."name",
  CAST(1 AS INTEGER) AS "signing.enterprises"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t30"."day",
      "t30"."code",
      "t30"."name",
      "t30"."nature",
      "t30"."entity_id",
      "t30"."leaf_id",
      "t36"."most_0",
      "t36"."most_1",
      "t36"."most_2",
      IIF(
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ) >= COALESCE("t36"."most_2", 0),
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ),
        COALESCE("t36"."most_2", 0)
      ) AS "most",
      (
        COALESCE("t36"."most_0", 0) + COALESCE("t36"."most_1", 0) + COALESCE("t36"."most_2", 0)
      ) - IIF(
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ) >= COALESCE("t36"."most_2", 0),
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ),
        COALESCE("t36"."most_2", 0)
      ) AS "repeated",
      IIF("t36"."most_0" IS NOT NULL, 1, 0) + IIF("t36"."most_1" IS NOT NULL, 1, 0) + IIF("t36"."most_2" IS NOT NULL, 1, 0) AS "kinds"
    FROM (
      SELECT
        "t26"."day",
        "t26"."code",
        "t26"."name",
        "t26"."nature",
        "t26"."staff",
        "t26"."entry_id" AS "entity_id",
        "t26"."area_id" AS "leaf_id"
      FROM (
        SELECT
          "t7"."day",
          "t7"."year_from",
          "t7"."ago_15",
          "t21"."entry_id",
          "t21"."code",
          "t21"."name",
          "t21"."area_id",
          "t21"."nature",
          "t21"."staff",
          "t21"."status"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "employers_employerversion" AS "t4"
            WHERE
              "t4"."removed_in" IS NULL
          ) AS "t12"
          WHERE
            "t12"."entry_id" IN (
              SELECT
                *
              FROM "t8"
            )
        ) AS "t21"
          ON "t21"."valid_from" <= "t7"."day"
          AND (
            (
              "t21"."valid_to" IS NULL
            ) OR (
              "t21"."valid_to" > "t7"."day"
            )
          )
      ) AS "t26"
      WHERE
        "t26"."status" = '在业'
    ) AS "t30"
    INNER JOIN (
      SELECT
        "t34"."day",
        "t34"."employer_id",
        MAX("t34"."most_0") AS "most_0",
        MAX("t34"."most_1") AS "most_1",
        MAX("t34"."most_2") AS "most_2"
      FROM (
        SELECT
          "t7"."day",
          "t22"."employer_id",
          IIF("t33"."kind" = '单独', "t22"."staff", NULL) AS "most_0",
          IIF("t33"."kind" = '区域性', "t22"."staff", NULL) AS "most_1",
          IIF("t33"."kind" = '行业性', "t22"."staff", NULL) AS "most_2"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "bargaining_agreementcoverageversion" AS "t5"
            WHERE
              "t5"."removed_in" IS NULL
          ) AS "t13"
          WHERE
            "t13"."employer_id" IN (
              SELECT
                *
              FROM "t8"
            )
        ) AS "t22"
          ON "t22"."valid_from" <= "t7"."day"
          AND (
            (
              "t22"."valid_to" IS NULL
            ) OR (
              "t22"."valid_to" > "t7"."day"
            )
          )
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t24"."day",
              "t24"."year_from",
              "t24"."number",
              "t24"."kind",
              "t24"."opened",
              "t24"."entry_id" AS "entity_id",
              "t24"."union_id" AS "holder_id",
              IIF(
                (
                  "t24"."term_from" <= "t24"."day"
                )
                AND (
                  "t24"."term_to" >= "t24"."day"
                )
                AND (
                  (
                    "t24"."effective_on" <= "t24"."day"
                  )
                  OR (
                    (
                      "t24"."effective_on" IS NULL
                    )
                    AND (
                      (
                        "t24"."review" IS NULL
                      ) OR (
                        "t24"."review" <> '有异议'
                      )
                    )
                    AND (
                      "t24"."received_on" <= "t24"."ago_15"
                    )
                  )
                ),
                1,
                0
              ) AS "in_force"
            FROM (
              SELECT
                "t7"."day",
                "t7"."year_from",
                "t7"."ago_15",
                "t16"."entry_id",
                "t16"."number",
                "t16"."kind",
                "t16"."union_id",
                "t16"."opened",
                "t16"."term_from",
                "t16"."term_to",
                "t16"."effective_on",
                "t16"."received_on",
                "t16"."review",
                "t16"."voided_on"
              FROM "days" AS "t7"
              INNER JOIN (
                SELECT
                  *
                FROM "bargaining_agreementversion" AS "t6"
                WHERE
                  "t6"."removed_in" IS NULL
              ) AS "t16"
                ON "t16"."valid_from" <= "t7"."day"
                AND (
                  (
                    "t16"."valid_to" IS NULL
                  ) OR (
                    "t16"."valid_to" > "t7"."day"
                  )
                )
            ) AS "t24"
            WHERE
              (
                "t24"."voided_on" IS NULL
              ) OR (
                "t24"."voided_on" > "t24"."day"
              )
          ) AS "t31"
          WHERE
            "t31"."in_force" = 1
        ) AS "t33"
          ON "t7"."day" = "t33"."day" AND "t22"."agreement_id" = "t33"."entity_id"
      ) AS "t34"
      GROUP BY
        1,
        2
    ) AS "t36"
      ON "t30"."day" = "t36"."day" AND "t30"."entity_id" = "t36"."employer_id"
  ) AS "t37"
  WHERE
    "t37"."nature" = '企业'
) AS "t39"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t7"."day",
        "t7"."year_from",
        "t7"."ago_15",
        "t20"."entry_id",
        "t20"."union_id",
        "t20"."employer_id",
        "t20"."mode"
      FROM "days" AS "t7"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_coverageversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t9"
        WHERE
          "t9"."employer_id" IN (
            SELECT
              *
            FROM "t8"
          )
      ) AS "t20"
        ON "t20"."valid_from" <= "t7"."day"
        AND (
          (
            "t20"."valid_to" IS NULL
          ) OR (
            "t20"."valid_to" > "t7"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t7"."day",
              "t7"."year_from",
              "t7"."ago_15",
              "t15"."entry_id"
            FROM "days" AS "t7"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t15"
              ON "t15"."valid_from" <= "t7"."day"
              AND (
                (
                  "t15"."valid_to" IS NULL
                ) OR (
                  "t15"."valid_to" > "t7"."day"
                )
              )
          ) AS "t25"
          WHERE
            "t7"."day" = "t25"."day" AND "t20"."union_id" = "t25"."entry_id"
        )
    ) AS "t28"
    WHERE
      "t39"."day" = "t28"."day" AND "t39"."entity_id" = "t28"."employer_id"
  )

-- name: signing.rows.known.entities
WITH "t10" AS (
  SELECT
    *
  FROM "chosen" AS "t4"
)
SELECT
  "t34"."day",
  "t34"."entity_id",
  "t34"."leaf_id",
  "t34"."code" AS "key",
  "t34"."name",
  CAST(1 AS INTEGER) AS "signing.enterprises"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t25"."day",
      "t25"."code",
      "t25"."name",
      "t25"."nature",
      "t25"."entity_id",
      "t25"."leaf_id",
      "t31"."most_0",
      "t31"."most_1",
      "t31"."most_2",
      IIF(
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ) >= COALESCE("t31"."most_2", 0),
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ),
        COALESCE("t31"."most_2", 0)
      ) AS "most",
      (
        COALESCE("t31"."most_0", 0) + COALESCE("t31"."most_1", 0) + COALESCE("t31"."most_2", 0)
      ) - IIF(
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ) >= COALESCE("t31"."most_2", 0),
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ),
        COALESCE("t31"."most_2", 0)
      ) AS "repeated",
      IIF("t31"."most_0" IS NOT NULL, 1, 0) + IIF("t31"."most_1" IS NOT NULL, 1, 0) + IIF("t31"."most_2" IS NOT NULL, 1, 0) AS "kinds"
    FROM (
      SELECT
        "t22"."day",
        "t22"."code",
        "t22"."name",
        "t22"."nature",
        "t22"."staff",
        "t22"."entry_id" AS "entity_id",
        "t22"."area_id" AS "leaf_id"
      FROM (
        SELECT
          "t7"."day",
          "t7"."year_from",
          "t7"."ago_15",
          "t17"."entry_id",
          "t17"."code",
          "t17"."name",
          "t17"."area_id",
          "t17"."nature",
          "t17"."staff",
          "t17"."status"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM "employers_employerversion" AS "t3"
          WHERE
            "t3"."entry_id" IN (
              SELECT
                *
              FROM "t10"
            )
        ) AS "t17"
          ON "t17"."valid_from" <= "t7"."day"
          AND (
            (
              "t17"."valid_to" IS NULL
            ) OR (
              "t17"."valid_to" > "t7"."day"
            )
          )
          AND "t17"."added_in" <= "t7"."known"
          AND (
            (
              "t17"."removed_in" IS NULL
            ) OR (
              "t17"."removed_in" > "t7"."known"
            )
          )
      ) AS "t22"
      WHERE
        "t22"."status" = '在业'
    ) AS "t25"
    INNER JOIN (
      SELECT
        "t29"."day",
        "t29"."employer_id",
        MAX("t29"."most_0") AS "most_0",
        MAX("t29"."most_1") AS "most_1",
        MAX("t29"."most_2") AS "most_2"
      FROM (
        SELECT
          "t7"."day",
          "t18"."employer_id",
          IIF("t28"."kind" = '单独', "t18"."staff", NULL) AS "most_0",
          IIF("t28"."kind" = '区域性', "t18"."staff", NULL) AS "most_1",
          IIF("t28"."kind" = '行业性', "t18"."staff", NULL) AS "most_2"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM "bargaining_agreementcoverageversion" AS "t5"
          WHERE
            "t5"."employer_id" IN (
              SELECT
                *
              FROM "t10"
            )
        ) AS "t18"
          ON "t18"."valid_from" <= "t7"."day"
          AND (
            (
              "t18"."valid_to" IS NULL
            ) OR (
              "t18"."valid_to" > "t7"."day"
            )
          )
          AND "t18"."added_in" <= "t7"."known"
          AND (
            (
              "t18"."removed_in" IS NULL
            ) OR (
              "t18"."removed_in" > "t7"."known"
            )
          )
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t19"."day",
              "t19"."year_from",
              "t19"."number",
              "t19"."kind",
              "t19"."opened",
              "t19"."entry_id" AS "entity_id",
              "t19"."union_id" AS "holder_id",
              IIF(
                (
                  "t19"."term_from" <= "t19"."day"
                )
                AND (
                  "t19"."term_to" >= "t19"."day"
                )
                AND (
                  (
                    "t19"."effective_on" <= "t19"."day"
                  )
                  OR (
                    (
                      "t19"."effective_on" IS NULL
                    )
                    AND (
                      (
                        "t19"."review" IS NULL
                      ) OR (
                        "t19"."review" <> '有异议'
                      )
                    )
                    AND (
                      "t19"."received_on" <= "t19"."ago_15"
                    )
                  )
                ),
                1,
                0
              ) AS "in_force"
            FROM (
              SELECT
                "t7"."day",
                "t7"."year_from",
                "t7"."ago_15",
                "t9"."entry_id",
                "t9"."number",
                "t9"."kind",
                "t9"."union_id",
                "t9"."opened",
                "t9"."term_from",
                "t9"."term_to",
                "t9"."effective_on",
                "t9"."received_on",
                "t9"."review",
                "t9"."voided_on"
              FROM "days" AS "t7"
              INNER JOIN "bargaining_agreementversion" AS "t9"
                ON "t9"."valid_from" <= "t7"."day"
                AND (
                  (
                    "t9"."valid_to" IS NULL
                  ) OR (
                    "t9"."valid_to" > "t7"."day"
                  )
                )
                AND "t9"."added_in" <= "t7"."known"
                AND (
                  (
                    "t9"."removed_in" IS NULL
                  ) OR (
                    "t9"."removed_in" > "t7"."known"
                  )
                )
            ) AS "t19"
            WHERE
              (
                "t19"."voided_on" IS NULL
              ) OR (
                "t19"."voided_on" > "t19"."day"
              )
          ) AS "t26"
          WHERE
            "t26"."in_force" = 1
        ) AS "t28"
          ON "t7"."day" = "t28"."day" AND "t18"."agreement_id" = "t28"."entity_id"
      ) AS "t29"
      GROUP BY
        1,
        2
    ) AS "t31"
      ON "t25"."day" = "t31"."day" AND "t25"."entity_id" = "t31"."employer_id"
  ) AS "t32"
  WHERE
    "t32"."nature" = '企业'
) AS "t34"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t7"."day",
        "t7"."year_from",
        "t7"."ago_15",
        "t16"."entry_id",
        "t16"."union_id",
        "t16"."employer_id",
        "t16"."mode"
      FROM "days" AS "t7"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t1"
        WHERE
          "t1"."employer_id" IN (
            SELECT
              *
            FROM "t10"
          )
      ) AS "t16"
        ON "t16"."valid_from" <= "t7"."day"
        AND (
          (
            "t16"."valid_to" IS NULL
          ) OR (
            "t16"."valid_to" > "t7"."day"
          )
        )
        AND "t16"."added_in" <= "t7"."known"
        AND (
          (
            "t16"."removed_in" IS NULL
          ) OR (
            "t16"."removed_in" > "t7"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t7"."day",
              "t7"."year_from",
              "t7"."ago_15",
              "t8"."entry_id"
            FROM "days" AS "t7"
            INNER JOIN "unions_unionversion" AS "t8"
              ON "t8"."valid_from" <= "t7"."day"
              AND (
                (
                  "t8"."valid_to" IS NULL
                ) OR (
                  "t8"."valid_to" > "t7"."day"
                )
              )
              AND "t8"."added_in" <= "t7"."known"
              AND (
                (
                  "t8"."removed_in" IS NULL
                ) OR (
                  "t8"."removed_in" > "t7"."known"
                )
              )
          ) AS "t20"
          WHERE
            "t7"."day" = "t20"."day" AND "t16"."union_id" = "t20"."entry_id"
        )
    ) AS "t23"
    WHERE
      "t34"."day" = "t23"."day" AND "t34"."entity_id" = "t23"."employer_id"
  )

-- name: signing.rows.now.affiliation
WITH "t8" AS (
  SELECT
    *
  FROM "chosen" AS "t3"
)
SELECT
  "t39"."day",
  "t39"."entity_id",
  "t39"."leaf_id",
  "t39"."code" AS "key",
  "t39"."name",
  CAST(1 AS INTEGER) AS "signing.enterprises"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t27"."day",
      "t27"."code",
      "t27"."name",
      "t27"."nature",
      "t27"."entity_id",
      "t27"."leaf_id",
      "t36"."most_0",
      "t36"."most_1",
      "t36"."most_2",
      IIF(
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ) >= COALESCE("t36"."most_2", 0),
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ),
        COALESCE("t36"."most_2", 0)
      ) AS "most",
      (
        COALESCE("t36"."most_0", 0) + COALESCE("t36"."most_1", 0) + COALESCE("t36"."most_2", 0)
      ) - IIF(
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ) >= COALESCE("t36"."most_2", 0),
        IIF(
          COALESCE("t36"."most_0", 0) >= COALESCE("t36"."most_1", 0),
          COALESCE("t36"."most_0", 0),
          COALESCE("t36"."most_1", 0)
        ),
        COALESCE("t36"."most_2", 0)
      ) AS "repeated",
      IIF("t36"."most_0" IS NOT NULL, 1, 0) + IIF("t36"."most_1" IS NOT NULL, 1, 0) + IIF("t36"."most_2" IS NOT NULL, 1, 0) AS "kinds"
    FROM (
      SELECT
        "t23"."day",
        "t23"."code",
        "t23"."name",
        "t23"."nature",
        "t23"."staff",
        "t23"."entry_id" AS "entity_id",
        "t23"."area_id" AS "leaf_id"
      FROM (
        SELECT
          "t7"."day",
          "t7"."year_from",
          "t7"."ago_15",
          "t15"."entry_id",
          "t15"."code",
          "t15"."name",
          "t15"."area_id",
          "t15"."nature",
          "t15"."staff",
          "t15"."status"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM "employers_employerversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t15"
          ON "t15"."valid_from" <= "t7"."day"
          AND (
            (
              "t15"."valid_to" IS NULL
            ) OR (
              "t15"."valid_to" > "t7"."day"
            )
          )
      ) AS "t23"
      WHERE
        "t23"."status" = '在业'
    ) AS "t27"
    INNER JOIN (
      SELECT
        "t34"."day",
        "t34"."employer_id",
        MAX("t34"."most_0") AS "most_0",
        MAX("t34"."most_1") AS "most_1",
        MAX("t34"."most_2") AS "most_2"
      FROM (
        SELECT
          "t7"."day",
          "t16"."employer_id",
          IIF("t33"."kind" = '单独', "t16"."staff", NULL) AS "most_0",
          IIF("t33"."kind" = '区域性', "t16"."staff", NULL) AS "most_1",
          IIF("t33"."kind" = '行业性', "t16"."staff", NULL) AS "most_2"
        FROM "days" AS "t7"
        INNER JOIN (
          SELECT
            *
          FROM "bargaining_agreementcoverageversion" AS "t4"
          WHERE
            "t4"."removed_in" IS NULL
        ) AS "t16"
          ON "t16"."valid_from" <= "t7"."day"
          AND (
            (
              "t16"."valid_to" IS NULL
            ) OR (
              "t16"."valid_to" > "t7"."day"
            )
          )
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t26"."day",
              "t26"."year_from",
              "t26"."number",
              "t26"."kind",
              "t26"."opened",
              "t26"."entry_id" AS "entity_id",
              "t26"."union_id" AS "holder_id",
              IIF(
                (
                  "t26"."term_from" <= "t26"."day"
                )
                AND (
                  "t26"."term_to" >= "t26"."day"
                )
                AND (
                  (
                    "t26"."effective_on" <= "t26"."day"
                  )
                  OR (
                    (
                      "t26"."effective_on" IS NULL
                    )
                    AND (
                      (
                        "t26"."review" IS NULL
                      ) OR (
                        "t26"."review" <> '有异议'
                      )
                    )
                    AND (
                      "t26"."received_on" <= "t26"."ago_15"
                    )
                  )
                ),
                1,
                0
              ) AS "in_force"
            FROM (
              SELECT
                "t7"."day",
                "t7"."year_from",
                "t7"."ago_15",
                "t22"."entry_id",
                "t22"."number",
                "t22"."kind",
                "t22"."union_id",
                "t22"."opened",
                "t22"."term_from",
                "t22"."term_to",
                "t22"."effective_on",
                "t22"."received_on",
                "t22"."review",
                "t22"."voided_on"
              FROM "days" AS "t7"
              INNER JOIN (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM "bargaining_agreementversion" AS "t6"
                  WHERE
                    "t6"."removed_in" IS NULL
                ) AS "t14"
                WHERE
                  "t14"."union_id" IN (
                    SELECT
                      *
                    FROM "t8"
                  )
              ) AS "t22"
                ON "t22"."valid_from" <= "t7"."day"
                AND (
                  (
                    "t22"."valid_to" IS NULL
                  ) OR (
                    "t22"."valid_to" > "t7"."day"
                  )
                )
            ) AS "t26"
            WHERE
              (
                "t26"."voided_on" IS NULL
              ) OR (
                "t26"."voided_on" > "t26"."day"
              )
          ) AS "t31"
          WHERE
            "t31"."in_force" = 1
        ) AS "t33"
          ON "t7"."day" = "t33"."day" AND "t16"."agreement_id" = "t33"."entity_id"
      ) AS "t34"
      GROUP BY
        1,
        2
    ) AS "t36"
      ON "t27"."day" = "t36"."day" AND "t27"."entity_id" = "t36"."employer_id"
  ) AS "t37"
  WHERE
    "t37"."nature" = '企业'
) AS "t39"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t7"."day",
        "t7"."year_from",
        "t7"."ago_15",
        "t20"."entry_id",
        "t20"."union_id",
        "t20"."employer_id",
        "t20"."mode"
      FROM "days" AS "t7"
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "unions_coverageversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t9"
        WHERE
          "t9"."union_id" IN (
            SELECT
              *
            FROM "t8"
          )
      ) AS "t20"
        ON "t20"."valid_from" <= "t7"."day"
        AND (
          (
            "t20"."valid_to" IS NULL
          ) OR (
            "t20"."valid_to" > "t7"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t7"."day",
              "t7"."year_from",
              "t7"."ago_15",
              "t21"."entry_id"
            FROM "days" AS "t7"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "unions_unionversion" AS "t5"
                WHERE
                  "t5"."removed_in" IS NULL
              ) AS "t13"
              WHERE
                "t13"."entry_id" IN (
                  SELECT
                    *
                  FROM "t8"
                )
            ) AS "t21"
              ON "t21"."valid_from" <= "t7"."day"
              AND (
                (
                  "t21"."valid_to" IS NULL
                ) OR (
                  "t21"."valid_to" > "t7"."day"
                )
              )
          ) AS "t28"
          WHERE
            "t7"."day" = "t28"."day" AND "t20"."union_id" = "t28"."entry_id"
        )
    ) AS "t30"
    WHERE
      "t39"."day" = "t30"."day" AND "t39"."entity_id" = "t30"."employer_id"
  )

-- name: signing.rows.known.affiliation
WITH "t10" AS (
  SELECT
    *
  FROM "chosen" AS "t4"
)
SELECT
  "t34"."day",
  "t34"."entity_id",
  "t34"."leaf_id",
  "t34"."code" AS "key",
  "t34"."name",
  CAST(1 AS INTEGER) AS "signing.enterprises"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t20"."day",
      "t20"."code",
      "t20"."name",
      "t20"."nature",
      "t20"."entity_id",
      "t20"."leaf_id",
      "t31"."most_0",
      "t31"."most_1",
      "t31"."most_2",
      IIF(
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ) >= COALESCE("t31"."most_2", 0),
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ),
        COALESCE("t31"."most_2", 0)
      ) AS "most",
      (
        COALESCE("t31"."most_0", 0) + COALESCE("t31"."most_1", 0) + COALESCE("t31"."most_2", 0)
      ) - IIF(
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ) >= COALESCE("t31"."most_2", 0),
        IIF(
          COALESCE("t31"."most_0", 0) >= COALESCE("t31"."most_1", 0),
          COALESCE("t31"."most_0", 0),
          COALESCE("t31"."most_1", 0)
        ),
        COALESCE("t31"."most_2", 0)
      ) AS "repeated",
      IIF("t31"."most_0" IS NOT NULL, 1, 0) + IIF("t31"."most_1" IS NOT NULL, 1, 0) + IIF("t31"."most_2" IS NOT NULL, 1, 0) AS "kinds"
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
          "t7"."day",
          "t7"."year_from",
          "t7"."ago_15",
          "t8"."entry_id",
          "t8"."code",
          "t8"."name",
          "t8"."area_id",
          "t8"."nature",
          "t8"."staff",
          "t8"."status"
        FROM "days" AS "t7"
        INNER JOIN "employers_employerversion" AS "t8"
          ON "t8"."valid_from" <= "t7"."day"
          AND (
            (
              "t8"."valid_to" IS NULL
            ) OR (
              "t8"."valid_to" > "t7"."day"
            )
          )
          AND "t8"."added_in" <= "t7"."known"
          AND (
            (
              "t8"."removed_in" IS NULL
            ) OR (
              "t8"."removed_in" > "t7"."known"
            )
          )
      ) AS "t15"
      WHERE
        "t15"."status" = '在业'
    ) AS "t20"
    INNER JOIN (
      SELECT
        "t29"."day",
        "t29"."employer_id",
        MAX("t29"."most_0") AS "most_0",
        MAX("t29"."most_1") AS "most_1",
        MAX("t29"."most_2") AS "most_2"
      FROM (
        SELECT
          "t7"."day",
          "t9"."employer_id",
          IIF("t28"."kind" = '单独', "t9"."staff", NULL) AS "most_0",
          IIF("t28"."kind" = '区域性', "t9"."staff", NULL) AS "most_1",
          IIF("t28"."kind" = '行业性', "t9"."staff", NULL) AS "most_2"
        FROM "days" AS "t7"
        INNER JOIN "bargaining_agreementcoverageversion" AS "t9"
          ON "t9"."valid_from" <= "t7"."day"
          AND (
            (
              "t9"."valid_to" IS NULL
            ) OR (
              "t9"."valid_to" > "t7"."day"
            )
          )
          AND "t9"."added_in" <= "t7"."known"
          AND (
            (
              "t9"."removed_in" IS NULL
            ) OR (
              "t9"."removed_in" > "t7"."known"
            )
          )
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t22"."day",
              "t22"."year_from",
              "t22"."number",
              "t22"."kind",
              "t22"."opened",
              "t22"."entry_id" AS "entity_id",
              "t22"."union_id" AS "holder_id",
              IIF(
                (
                  "t22"."term_from" <= "t22"."day"
                )
                AND (
                  "t22"."term_to" >= "t22"."day"
                )
                AND (
                  (
                    "t22"."effective_on" <= "t22"."day"
                  )
                  OR (
                    (
                      "t22"."effective_on" IS NULL
                    )
                    AND (
                      (
                        "t22"."review" IS NULL
                      ) OR (
                        "t22"."review" <> '有异议'
                      )
                    )
                    AND (
                      "t22"."received_on" <= "t22"."ago_15"
                    )
                  )
                ),
                1,
                0
              ) AS "in_force"
            FROM (
              SELECT
                "t7"."day",
                "t7"."year_from",
                "t7"."ago_15",
                "t18"."entry_id",
                "t18"."number",
                "t18"."kind",
                "t18"."union_id",
                "t18"."opened",
                "t18"."term_from",
                "t18"."term_to",
                "t18"."effective_on",
                "t18"."received_on",
                "t18"."review",
                "t18"."voided_on"
              FROM "days" AS "t7"
              INNER JOIN (
                SELECT
                  *
                FROM "bargaining_agreementversion" AS "t6"
                WHERE
                  "t6"."union_id" IN (
                    SELECT
                      *
                    FROM "t10"
                  )
              ) AS "t18"
                ON "t18"."valid_from" <= "t7"."day"
                AND (
                  (
                    "t18"."valid_to" IS NULL
                  ) OR (
                    "t18"."valid_to" > "t7"."day"
                  )
                )
                AND "t18"."added_in" <= "t7"."known"
                AND (
                  (
                    "t18"."removed_in" IS NULL
                  ) OR (
                    "t18"."removed_in" > "t7"."known"
                  )
                )
            ) AS "t22"
            WHERE
              (
                "t22"."voided_on" IS NULL
              ) OR (
                "t22"."voided_on" > "t22"."day"
              )
          ) AS "t26"
          WHERE
            "t26"."in_force" = 1
        ) AS "t28"
          ON "t7"."day" = "t28"."day" AND "t9"."agreement_id" = "t28"."entity_id"
      ) AS "t29"
      GROUP BY
        1,
        2
    ) AS "t31"
      ON "t20"."day" = "t31"."day" AND "t20"."entity_id" = "t31"."employer_id"
  ) AS "t32"
  WHERE
    "t32"."nature" = '企业'
) AS "t34"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t7"."day",
        "t7"."year_from",
        "t7"."ago_15",
        "t16"."entry_id",
        "t16"."union_id",
        "t16"."employer_id",
        "t16"."mode"
      FROM "days" AS "t7"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t1"
        WHERE
          "t1"."union_id" IN (
            SELECT
              *
            FROM "t10"
          )
      ) AS "t16"
        ON "t16"."valid_from" <= "t7"."day"
        AND (
          (
            "t16"."valid_to" IS NULL
          ) OR (
            "t16"."valid_to" > "t7"."day"
          )
        )
        AND "t16"."added_in" <= "t7"."known"
        AND (
          (
            "t16"."removed_in" IS NULL
          ) OR (
            "t16"."removed_in" > "t7"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t7"."day",
              "t7"."year_from",
              "t7"."ago_15",
              "t17"."entry_id"
            FROM "days" AS "t7"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t5"
              WHERE
                "t5"."entry_id" IN (
                  SELECT
                    *
                  FROM "t10"
                )
            ) AS "t17"
              ON "t17"."valid_from" <= "t7"."day"
              AND (
                (
                  "t17"."valid_to" IS NULL
                ) OR (
                  "t17"."valid_to" > "t7"."day"
                )
              )
              AND "t17"."added_in" <= "t7"."known"
              AND (
                (
                  "t17"."removed_in" IS NULL
                ) OR (
                  "t17"."removed_in" > "t7"."known"
                )
              )
          ) AS "t23"
          WHERE
            "t7"."day" = "t23"."day" AND "t16"."union_id" = "t23"."entry_id"
        )
    ) AS "t25"
    WHERE
      "t34"."day" = "t25"."day" AND "t34"."entity_id" = "t25"."employer_id"
  )

-- name: signing.reads
agreement-coverage agreement_id employer_id staff
agreements effective_on kind number opened received_on review term_from term_to union_id voided_on
coverage employer_id mode union_id
employers area_id code name nature staff status
unions

-- name: renewing.sums.now
SELECT
  "t16"."leaf_id",
  "t16"."day",
  COUNT(*) FILTER(WHERE
    "t16"."until" < "t16"."day") AS "unions.lapsed",
  COUNT(*) FILTER(WHERE
    (
      "t16"."until" >= "t16"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t16"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t16"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t16"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t16"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t16"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t16"."day") AS INTEGER)
      )
    )) AS "unions.expiring"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."entity_id",
    "t11"."leaf_id",
    "t15"."until"
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
  ) AS "t11"
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."union_id",
      MIN("t13"."until") AS "until"
    FROM (
      SELECT
        "t12"."day",
        "t12"."union_id",
        "t12"."kind",
        MAX("t12"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."day",
            "t3"."year_from",
            "t3"."ago_15",
            "t7"."entry_id",
            "t7"."kind",
            "t7"."union_id",
            "t7"."term_to",
            "t7"."voided_on"
          FROM "days" AS "t3"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t2"
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
          (
            "t9"."voided_on" IS NULL
          ) OR (
            "t9"."voided_on" > "t9"."day"
          )
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t11"."day" = "t15"."day" AND "t11"."entity_id" = "t15"."union_id"
) AS "t16"
GROUP BY
  1,
  2

-- name: renewing.sums.known
SELECT
  "t14"."leaf_id",
  "t14"."day",
  COUNT(*) FILTER(WHERE
    "t14"."until" < "t14"."day") AS "unions.lapsed",
  COUNT(*) FILTER(WHERE
    (
      "t14"."until" >= "t14"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t14"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t14"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t14"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t14"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t14"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t14"."day") AS INTEGER)
      )
    )) AS "unions.expiring"
FROM (
  SELECT
    "t9"."day",
    "t9"."code",
    "t9"."name",
    "t9"."entity_id",
    "t9"."leaf_id",
    "t13"."until"
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
  ) AS "t9"
  INNER JOIN (
    SELECT
      "t11"."day",
      "t11"."union_id",
      MIN("t11"."until") AS "until"
    FROM (
      SELECT
        "t10"."day",
        "t10"."union_id",
        "t10"."kind",
        MAX("t10"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."day",
            "t3"."year_from",
            "t3"."ago_15",
            "t5"."entry_id",
            "t5"."kind",
            "t5"."union_id",
            "t5"."term_to",
            "t5"."voided_on"
          FROM "days" AS "t3"
          INNER JOIN "bargaining_agreementversion" AS "t5"
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
          (
            "t7"."voided_on" IS NULL
          ) OR (
            "t7"."voided_on" > "t7"."day"
          )
      ) AS "t10"
      GROUP BY
        1,
        2,
        3
    ) AS "t11"
    GROUP BY
      1,
      2
  ) AS "t13"
    ON "t9"."day" = "t13"."day" AND "t9"."entity_id" = "t13"."union_id"
) AS "t14"
GROUP BY
  1,
  2

-- name: renewing.sums.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t21"."leaf_id",
  "t21"."day",
  COUNT(*) FILTER(WHERE
    "t21"."until" < "t21"."day") AS "unions.lapsed",
  COUNT(*) FILTER(WHERE
    (
      "t21"."until" >= "t21"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t21"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t21"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t21"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t21"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t21"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t21"."day") AS INTEGER)
      )
    )) AS "unions.expiring"
FROM (
  SELECT
    "t16"."day",
    "t16"."code",
    "t16"."name",
    "t16"."entity_id",
    "t16"."leaf_id",
    "t20"."until"
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
  ) AS "t16"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."union_id",
      MIN("t18"."until") AS "until"
    FROM (
      SELECT
        "t17"."day",
        "t17"."union_id",
        "t17"."kind",
        MAX("t17"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t12"."entry_id",
            "t12"."kind",
            "t12"."union_id",
            "t12"."term_to",
            "t12"."voided_on"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t8"
            WHERE
              "t8"."union_id" IN (
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
          (
            "t14"."voided_on" IS NULL
          ) OR (
            "t14"."voided_on" > "t14"."day"
          )
      ) AS "t17"
      GROUP BY
        1,
        2,
        3
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t16"."day" = "t20"."day" AND "t16"."entity_id" = "t20"."union_id"
) AS "t21"
GROUP BY
  1,
  2

-- name: renewing.sums.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t19"."leaf_id",
  "t19"."day",
  COUNT(*) FILTER(WHERE
    "t19"."until" < "t19"."day") AS "unions.lapsed",
  COUNT(*) FILTER(WHERE
    (
      "t19"."until" >= "t19"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t19"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t19"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t19"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t19"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t19"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t19"."day") AS INTEGER)
      )
    )) AS "unions.expiring"
FROM (
  SELECT
    "t14"."day",
    "t14"."code",
    "t14"."name",
    "t14"."entity_id",
    "t14"."leaf_id",
    "t18"."until"
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
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."union_id",
      MIN("t16"."until") AS "until"
    FROM (
      SELECT
        "t15"."day",
        "t15"."union_id",
        "t15"."kind",
        MAX("t15"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t10"."entry_id",
            "t10"."kind",
            "t10"."union_id",
            "t10"."term_to",
            "t10"."voided_on"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t3"
            WHERE
              "t3"."union_id" IN (
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
          (
            "t12"."voided_on" IS NULL
          ) OR (
            "t12"."voided_on" > "t12"."day"
          )
      ) AS "t15"
      GROUP BY
        1,
        2,
        3
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t18"
    ON "t14"."day" = "t18"."day" AND "t14"."entity_id" = "t18"."union_id"
) AS "t19"
GROUP BY
  1,
  2

-- name: renewing.rows.now
SELECT
  "t16"."day",
  "t16"."entity_id",
  "t16"."leaf_id",
  "t16"."code" AS "key",
  "t16"."name",
  IIF("t16"."until" < "t16"."day", CAST(1 AS INTEGER), NULL) AS "unions.lapsed",
  IIF(
    (
      "t16"."until" >= "t16"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t16"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t16"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t16"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t16"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t16"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t16"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.expiring"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."entity_id",
    "t11"."leaf_id",
    "t15"."until"
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
  ) AS "t11"
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."union_id",
      MIN("t13"."until") AS "until"
    FROM (
      SELECT
        "t12"."day",
        "t12"."union_id",
        "t12"."kind",
        MAX("t12"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."day",
            "t3"."year_from",
            "t3"."ago_15",
            "t7"."entry_id",
            "t7"."kind",
            "t7"."union_id",
            "t7"."term_to",
            "t7"."voided_on"
          FROM "days" AS "t3"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t2"
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
          (
            "t9"."voided_on" IS NULL
          ) OR (
            "t9"."voided_on" > "t9"."day"
          )
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t11"."day" = "t15"."day" AND "t11"."entity_id" = "t15"."union_id"
) AS "t16"

-- name: renewing.rows.known
SELECT
  "t14"."day",
  "t14"."entity_id",
  "t14"."leaf_id",
  "t14"."code" AS "key",
  "t14"."name",
  IIF("t14"."until" < "t14"."day", CAST(1 AS INTEGER), NULL) AS "unions.lapsed",
  IIF(
    (
      "t14"."until" >= "t14"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t14"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t14"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t14"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t14"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t14"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t14"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.expiring"
FROM (
  SELECT
    "t9"."day",
    "t9"."code",
    "t9"."name",
    "t9"."entity_id",
    "t9"."leaf_id",
    "t13"."until"
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
  ) AS "t9"
  INNER JOIN (
    SELECT
      "t11"."day",
      "t11"."union_id",
      MIN("t11"."until") AS "until"
    FROM (
      SELECT
        "t10"."day",
        "t10"."union_id",
        "t10"."kind",
        MAX("t10"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."day",
            "t3"."year_from",
            "t3"."ago_15",
            "t5"."entry_id",
            "t5"."kind",
            "t5"."union_id",
            "t5"."term_to",
            "t5"."voided_on"
          FROM "days" AS "t3"
          INNER JOIN "bargaining_agreementversion" AS "t5"
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
          (
            "t7"."voided_on" IS NULL
          ) OR (
            "t7"."voided_on" > "t7"."day"
          )
      ) AS "t10"
      GROUP BY
        1,
        2,
        3
    ) AS "t11"
    GROUP BY
      1,
      2
  ) AS "t13"
    ON "t9"."day" = "t13"."day" AND "t9"."entity_id" = "t13"."union_id"
) AS "t14"

-- name: renewing.rows.now.entities
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t21"."day",
  "t21"."entity_id",
  "t21"."leaf_id",
  "t21"."code" AS "key",
  "t21"."name",
  IIF("t21"."until" < "t21"."day", CAST(1 AS INTEGER), NULL) AS "unions.lapsed",
  IIF(
    (
      "t21"."until" >= "t21"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t21"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t21"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t21"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t21"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t21"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t21"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.expiring"
FROM (
  SELECT
    "t16"."day",
    "t16"."code",
    "t16"."name",
    "t16"."entity_id",
    "t16"."leaf_id",
    "t20"."until"
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
  ) AS "t16"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."union_id",
      MIN("t18"."until") AS "until"
    FROM (
      SELECT
        "t17"."day",
        "t17"."union_id",
        "t17"."kind",
        MAX("t17"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t12"."entry_id",
            "t12"."kind",
            "t12"."union_id",
            "t12"."term_to",
            "t12"."voided_on"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t8"
            WHERE
              "t8"."union_id" IN (
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
          (
            "t14"."voided_on" IS NULL
          ) OR (
            "t14"."voided_on" > "t14"."day"
          )
      ) AS "t17"
      GROUP BY
        1,
        2,
        3
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t16"."day" = "t20"."day" AND "t16"."entity_id" = "t20"."union_id"
) AS "t21"

-- name: renewing.rows.known.entities
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t19"."day",
  "t19"."entity_id",
  "t19"."leaf_id",
  "t19"."code" AS "key",
  "t19"."name",
  IIF("t19"."until" < "t19"."day", CAST(1 AS INTEGER), NULL) AS "unions.lapsed",
  IIF(
    (
      "t19"."until" >= "t19"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t19"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t19"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t19"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t19"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t19"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t19"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.expiring"
FROM (
  SELECT
    "t14"."day",
    "t14"."code",
    "t14"."name",
    "t14"."entity_id",
    "t14"."leaf_id",
    "t18"."until"
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
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."union_id",
      MIN("t16"."until") AS "until"
    FROM (
      SELECT
        "t15"."day",
        "t15"."union_id",
        "t15"."kind",
        MAX("t15"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t10"."entry_id",
            "t10"."kind",
            "t10"."union_id",
            "t10"."term_to",
            "t10"."voided_on"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t3"
            WHERE
              "t3"."union_id" IN (
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
          (
            "t12"."voided_on" IS NULL
          ) OR (
            "t12"."voided_on" > "t12"."day"
          )
      ) AS "t15"
      GROUP BY
        1,
        2,
        3
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t18"
    ON "t14"."day" = "t18"."day" AND "t14"."entity_id" = "t18"."union_id"
) AS "t19"

-- name: renewing.rows.now.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t21"."day",
  "t21"."entity_id",
  "t21"."leaf_id",
  "t21"."code" AS "key",
  "t21"."name",
  IIF("t21"."until" < "t21"."day", CAST(1 AS INTEGER), NULL) AS "unions.lapsed",
  IIF(
    (
      "t21"."until" >= "t21"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t21"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t21"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t21"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t21"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t21"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t21"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.expiring"
FROM (
  SELECT
    "t16"."day",
    "t16"."code",
    "t16"."name",
    "t16"."entity_id",
    "t16"."leaf_id",
    "t20"."until"
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
  ) AS "t16"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."union_id",
      MIN("t18"."until") AS "until"
    FROM (
      SELECT
        "t17"."day",
        "t17"."union_id",
        "t17"."kind",
        MAX("t17"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t12"."entry_id",
            "t12"."kind",
            "t12"."union_id",
            "t12"."term_to",
            "t12"."voided_on"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t8"
            WHERE
              "t8"."union_id" IN (
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
          (
            "t14"."voided_on" IS NULL
          ) OR (
            "t14"."voided_on" > "t14"."day"
          )
      ) AS "t17"
      GROUP BY
        1,
        2,
        3
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t16"."day" = "t20"."day" AND "t16"."entity_id" = "t20"."union_id"
) AS "t21"

-- name: renewing.rows.known.affiliation
WITH "t5" AS (
  SELECT
    *
  FROM "chosen" AS "t2"
)
SELECT
  "t19"."day",
  "t19"."entity_id",
  "t19"."leaf_id",
  "t19"."code" AS "key",
  "t19"."name",
  IIF("t19"."until" < "t19"."day", CAST(1 AS INTEGER), NULL) AS "unions.lapsed",
  IIF(
    (
      "t19"."until" >= "t19"."day"
    )
    AND (
      (
        (
          (
            (
              CAST(STRFTIME('%Y', "t19"."until") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t19"."until") AS INTEGER) + 0
          ) * 100
        ) + CAST(STRFTIME('%d', "t19"."until") AS INTEGER)
      ) <= (
        (
          (
            (
              CAST(STRFTIME('%Y', "t19"."day") AS INTEGER) * 12
            ) + CAST(STRFTIME('%m', "t19"."day") AS INTEGER) + 3
          ) * 100
        ) + CAST(STRFTIME('%d', "t19"."day") AS INTEGER)
      )
    ),
    CAST(1 AS INTEGER),
    NULL
  ) AS "unions.expiring"
FROM (
  SELECT
    "t14"."day",
    "t14"."code",
    "t14"."name",
    "t14"."entity_id",
    "t14"."leaf_id",
    "t18"."until"
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
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."union_id",
      MIN("t16"."until") AS "until"
    FROM (
      SELECT
        "t15"."day",
        "t15"."union_id",
        "t15"."kind",
        MAX("t15"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t4"."day",
            "t4"."year_from",
            "t4"."ago_15",
            "t10"."entry_id",
            "t10"."kind",
            "t10"."union_id",
            "t10"."term_to",
            "t10"."voided_on"
          FROM "days" AS "t4"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t3"
            WHERE
              "t3"."union_id" IN (
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
          (
            "t12"."voided_on" IS NULL
          ) OR (
            "t12"."voided_on" > "t12"."day"
          )
      ) AS "t15"
      GROUP BY
        1,
        2,
        3
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t18"
    ON "t14"."day" = "t18"."day" AND "t14"."entity_id" = "t18"."union_id"
) AS "t19"

-- name: renewing.reads
agreements kind term_to union_id voided_on
unions area_id code elected_on kind name opened term_years
