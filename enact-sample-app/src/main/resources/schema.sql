CREATE TABLE customers (
    id int PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    status text NOT NULL,
    last_order date NOT NULL
);
CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers ON DELETE CASCADE,
    status text NOT NULL,
    placed_at timestamptz NOT NULL
);
CREATE TABLE order_lines (
    order_id int REFERENCES orders ON DELETE CASCADE,
    line int,
    product text NOT NULL,
    quantity int NOT NULL,
    price numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, line)
);
