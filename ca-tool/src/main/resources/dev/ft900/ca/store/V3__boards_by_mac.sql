-- two boards with one MAC address are reported when the second is provisioned
create index board_mac on board (mac);
