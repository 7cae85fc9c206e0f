-- 47 customers; five of them have not ordered since 2024
INSERT INTO customers
SELECT c, 'Customer ' || c, 'customer' || c || '@mail.example', 'active',
    CASE WHEN c % 10 = 7 THEN date '2023-03-01' + c ELSE date '2026-01-01' + 7 * c END
FROM generate_series(1, 47) c;

-- up to four orders each; of those who still order, the latest is open
INSERT INTO orders
SELECT 10 * c.id + o, c.id,
    CASE WHEN o = 0 AND c.last_order > '2025-01-01' THEN 'open' ELSE 'delivered' END,
    (c.last_order - 30 * o)::timestamp AT TIME ZONE 'UTC' + interval '1 second' * (c.id * 7919.123457)
FROM customers c, generate_series(0, 3) o
WHERE o <= c.id % 4;

INSERT INTO order_lines
SELECT o.id, l, 'Article ' || (o.id * l) % 97, 1 + (o.id + l) % 5, 4.90 + (o.id * 31 * l) % 240
FROM orders o, generate_series(1, 3) l
WHERE l <= 1 + o.id % 3;
