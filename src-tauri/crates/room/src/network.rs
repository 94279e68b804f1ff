//! The laptop's addresses on the networks around it.

use serde::Serialize;
use specta::Type;
use std::net::IpAddr;

/// An address on which phones may reach this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Interface {
    /// The system's name of the card.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether only this laptop itself can reach it.
    pub loopback: bool,
}

/// The addresses, the likeliest first: those of a local network, then others, the laptop's own last.
#[must_use]
pub fn interfaces() -> Vec<Interface> {
    let mut found: Vec<(u8, Interface)> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|card| match card.ip() {
            IpAddr::V4(address) if !address.is_link_local() => {
                // Bridges of virtual machines and containers are on no wall.
                let inside = ["docker", "br-", "veth", "virbr", "vbox", "vmnet"];
                let virtual_card = inside.iter().any(|start| card.name.starts_with(start));
                let order = match (address.is_loopback(), address.is_private(), virtual_card) {
                    (true, ..) => 3,
                    (_, _, true) => 2,
                    (_, true, _) => 0,
                    _ => 1,
                };
                let loopback = address.is_loopback();
                Some((order, Interface { name: card.name, address: address.to_string(), loopback }))
            }
            _ => None,
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1.address).cmp(&(b.0, &b.1.address)));
    found.into_iter().map(|(_, interface)| interface).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_laptop_itself_comes_last() {
        let found = super::interfaces();
        assert!(found.iter().rev().skip_while(|one| one.loopback).all(|one| !one.loopback));
    }
}
