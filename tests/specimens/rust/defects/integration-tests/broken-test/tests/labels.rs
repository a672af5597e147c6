//! Labels of the service.

use parcelkit::labels::Label;

#[test]
fn label_names_its_parcel() {
    assert_eq!(Label::new("RR1").to_string(), "RR1");
}
