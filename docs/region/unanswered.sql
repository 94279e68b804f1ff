-- Proposals of which nobody has said what became of them.
SELECT demarche, count(*) AS propositions, count(*) - count(suite) AS sans_suite
FROM propositions
GROUP BY demarche
ORDER BY demarche
